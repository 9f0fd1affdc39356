import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MEANT } from './meant-values';
import { Declared, ownPropsOf, STRUCTS } from './declared-props';
import { USES } from './prop-uses';
import { wrongValuesOf } from './wrong-values';

/** How a token looks where it was not resolved: a text, a list or a number. */
const LEAK = /\$\{Token\[|#\{Token\[|-\d\.?\d*e\+2\d\d|TOKEN\./;
/** What JSON has no word for, and texts would show. */
const NO_NUMBER = /NaN|Infinity/;

type Make = (stack: Stack) => unknown;

function templateWith(owner: string, name?: string, make?: Make): string {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
  USES[owner]!(stack, name === undefined ? {} : { [name]: make!(stack) });
  const template = Template.fromStack(stack).toJSON();
  delete template.Parameters;
  return JSON.stringify(template);
}

/** Undefined for a prop that refused its value as it should, or took it for what was left out; else what became of it. */
function faultOf({ owner, name, optional }: Declared, make: Make, without: string): string | undefined {
  let text: string;
  try {
    text = templateWith(owner, name, make);
  } catch (error) {
    const { message } = error as Error;
    const names = new RegExp(`'([^' ]*\\.)?(${[name, ...(MEANT[`${owner}.${name}`]?.named ?? [])].join('|')})\\b[^']*'`).test(message);
    const shows = /\bgot |must not be empty|must hold at least one|is not a | has '|needs '|acts in /.test(message);
    return names && shows && !LEAK.test(message) ? undefined : `refused with: ${message}`;
  }
  if (LEAK.test(text) || NO_NUMBER.test(text)) {
    return 'taken, and found in the template as it is';
  }
  return optional && text === without ? undefined : 'taken';
}

test('each prop has wrong values, or a type that has none', () => {
  const unknown = STRUCTS.flatMap(ownPropsOf).filter(({ type }) => wrongValuesOf(type) === undefined);
  expect(unknown.map(({ owner, name, type }) => `${owner}.${name}: ${type}`)).toEqual([]);
});

const used = new Set<string>();

test.each(STRUCTS)('%s: each prop refuses what it cannot take, by its name, and shows no token', (owner) => {
  const without = templateWith(owner);
  const found = ownPropsOf(owner).flatMap((prop) =>
    Object.entries(wrongValuesOf(prop.type) ?? {}).flatMap(([value, make]) => {
      const fault = faultOf(prop, make, without);
      const place = `${owner}.${prop.name}`;
      // A token that is taken and leaves no trace but its reference works.
      if (fault === undefined || (fault === 'taken' && value.includes('a token') && !value.includes('for a list'))) {
        return [];
      }
      if (fault === 'taken' && MEANT[place]?.taken?.[value] !== undefined) {
        used.add(`${place} ${value}`);
        return [];
      }
      return [`${place}, ${value}: ${fault}`];
    }),
  );
  expect(found).toEqual([]);
});

test('what is meant is still taken', () => {
  const meant = Object.entries(MEANT).flatMap(([place, { taken = {} }]) => Object.keys(taken).map((value) => `${place} ${value}`));
  expect(meant.filter((each) => !used.has(each))).toEqual([]);
});
