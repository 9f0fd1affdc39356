/** A dashboard body as CloudWatch gets it, with every token written as its name. */
export function parseDashboardBody(body: unknown): unknown {
  return JSON.parse(substitutedText(body));
}

/** What CloudFormation makes of a text with intrinsic functions, with every reference written as its name. */
export function substitutedText(part: unknown): string {
  if (typeof part === 'string') {
    return part;
  }
  const [[fn, argument]] = Object.entries(part as Record<string, unknown>) as [[string, unknown]];
  if (fn === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(substitutedText).join(separator);
  }
  if (fn === 'Fn::Sub') {
    const [template, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
    return template.replace(/\$\{(!?)([^}]*)\}/g, (place, literal, name: string) => {
      const variable = variables[name] === undefined ? place : substitutedText(variables[name]);
      return literal ? `\${${name}}` : variable;
    });
  }
  return `\${${fn === 'Ref' ? (argument as string) : (argument as string[]).join('.')}}`;
}
