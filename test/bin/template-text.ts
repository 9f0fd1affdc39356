/** A template's values as text: tokens by the name of what they refer to, keys in one order whatever the version of the CDK. */

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** `BedrockObservabilityCostMeterFunction32FE0A5C` is `CostMeterFunction`: the hash is in the list of resources. */
export function shortName(logicalId: string): string {
  return logicalId.replace(/^BedrockObservability(?=.)/, '').replace(/[0-9A-F]{8}$/, '');
}

/** Replaces intrinsic functions by text, at every depth. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(readable);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  return (
    (entries.length === 1 && intrinsic(entries[0]![0], entries[0]![1])) ||
    Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, readable(inner)]))
  );
}

function intrinsic(name: string, argument: unknown): string | undefined {
  switch (name) {
    case 'Ref':
      return `<${shortName(argument as string)}>`;
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = argument as [string, string];
      return `<${shortName(logicalId)}.${attribute}>`;
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => text(part)).join(separator);
    }
    case 'Fn::Sub': {
      const [template, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
      return template.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, key: string) =>
        literal ? `\${${key}}` : text(key in variables ? variables[key] : { Ref: key }),
      );
    }
    default:
      return name.startsWith('Fn::') ? `<${name.slice('Fn::'.length)} ${JSON.stringify(readable(argument))}>` : undefined;
  }
}

/** One value on one line. */
export function text(value: unknown): string {
  const plain = readable(value) as Json;
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

/** The properties that are set, as `Name value` on one line. */
export function properties(value: Readonly<Record<string, unknown>>): string {
  return Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined)
    .map((key) => `${key} ${text(value[key])}`)
    .join(', ');
}
