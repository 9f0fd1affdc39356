import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = join(__dirname, '..', '..', 'lib');

/** The public sources of the library, joined. */
const SOURCES = readdirSync(LIB)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(LIB, file), 'utf8'))
  .join('\n');

/** The names of the optional props of an interface, inherited ones included. */
export function optionalPropsOf(name: string): string[] {
  const [, parents = '', body] = new RegExp(`^export interface ${name}(?: extends ([\\w, ]+))? {\n(.*?)^}`, 'ms').exec(SOURCES) ?? [];
  if (body === undefined) {
    throw new Error(`no interface ${name}`);
  }
  const own = [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map((match) => match[1]!);
  return [...own, ...parents.split(/, */).filter(Boolean).flatMap(optionalPropsOf)];
}

/** All optional props of an interface, each with the value `undefined`. */
export function undefinedProps(name: string): Record<string, undefined> {
  return Object.fromEntries(optionalPropsOf(name).map((prop) => [prop, undefined]));
}
