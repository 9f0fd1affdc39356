/** A dashboard body as CloudWatch gets it, with every token written as its name. */
export function parseDashboardBody(body: unknown): unknown {
  return JSON.parse(text(body));
}

function text(part: unknown): string {
  if (typeof part === 'string') {
    return part;
  }
  const [[fn, argument]] = Object.entries(part as Record<string, unknown>) as [[string, unknown]];
  if (fn === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(text).join(separator);
  }
  return `\${${fn === 'Ref' ? (argument as string) : (argument as string[]).join('.')}}`;
}
