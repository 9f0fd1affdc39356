import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const LIB = join(__dirname, '..', '..', 'lib');

/** A prop, or a parameter of a function, as it is declared in the public sources: the same names and types as in the jsii manifest. */
export interface Declared {
  readonly owner: string;
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

const statements = readdirSync(LIB)
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...ts.createSourceFile(file, readFileSync(join(LIB, file), 'utf8'), ts.ScriptTarget.ES2022, true).statements]);

/** Interfaces with methods are no props: what implements them is made by the library. */
const interfaces = new Map(
  statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ members }) => members.every(ts.isPropertySignature))
    .map((declaration) => [declaration.name.text, declaration]),
);

/** The names of all interfaces of props and options. */
export const STRUCTS = [...interfaces.keys()].sort();

/** The names of the enums of the library. */
export const ENUMS = statements.filter(ts.isEnumDeclaration).map(({ name }) => name.text);

/** The props of an interface without inherited ones. */
export function ownPropsOf(owner: string): Declared[] {
  const declaration = interfaces.get(owner);
  if (declaration === undefined) {
    throw new Error(`no interface ${owner}`);
  }
  return declaration.members.filter(ts.isPropertySignature).map((member) => ({
    owner,
    name: member.name.getText(),
    type: member.type!.getText(),
    optional: member.questionToken !== undefined,
  }));
}

/** The props of an interface, inherited ones included. */
export function propsOf(owner: string): Declared[] {
  const parents = interfaces.get(owner)?.heritageClauses?.flatMap(({ types }) => types.map((type) => type.getText())) ?? [];
  return [...ownPropsOf(owner), ...parents.flatMap(propsOf).map((prop) => ({ ...prop, owner }))];
}

const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

/** The parameters of all public functions of the classes of the library. */
export const PARAMETERS: readonly Declared[] = statements.filter(ts.isClassDeclaration).flatMap((declaration) =>
  declaration.members
    .filter(ts.isMethodDeclaration)
    .filter((method) => !(ts.getCombinedModifierFlags(method) & HIDDEN) && !method.name.getText().startsWith('_'))
    .flatMap((method) =>
      method.parameters.map((parameter) => ({
        owner: `${declaration.name!.text}.${method.name.getText()}`,
        name: parameter.name.getText(),
        type: parameter.type?.getText() ?? 'string',
        optional: parameter.questionToken !== undefined || parameter.initializer !== undefined,
      })),
    ),
);

/** All optional props of an interface, each with the value `undefined`. */
export function undefinedProps(owner: string): Record<string, undefined> {
  return Object.fromEntries(
    propsOf(owner)
      .filter(({ optional }) => optional)
      .map(({ name }) => [name, undefined]),
  );
}
