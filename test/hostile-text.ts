const range = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, n) => first + n);

const PLANES = range(0, 16).map((plane) => plane * 0x1_0000);

/** Code points that a terminal obeys or that turn a line around, and those that XML has no place for. */
const UNFIT = new Set([
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  ...[0x061c, 0x200e, 0x200f, ...range(0x2028, 0x202e), ...range(0x2066, 0x2069)],
  ...[0xd800, 0xdbff, 0xdc00, 0xdfff],
  ...range(0xfdd0, 0xfdef),
  ...PLANES.flatMap((plane) => [plane + 0xfffe, plane + 0xffff]),
]);

/** What a text begins that seems to be a line of its own. */
export const FAKE_LINE = 'fake line';

/** All of them, each behind a letter so that no two halves of a pair meet. */
export const HOSTILE = `${[...UNFIT].map((code) => `x${String.fromCodePoint(code)}`).join('')}\u001b[2Jx\n${FAKE_LINE}`;

/** The code points of an output that must not be there. Lines may end. */
export const unfitIn = (output: string): string[] =>
  [...output].flatMap((character) => {
    const code = character.codePointAt(0)!;
    return UNFIT.has(code) && character !== '\n' ? [code.toString(16)] : [];
  });

/** The value with another text in the place of one of its texts, for each of them. */
export function* withEachText(value: unknown, text: string): Generator<unknown> {
  if (typeof value === 'string') yield text;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    for (const changed of withEachText(member, text))
      yield Array.isArray(value) ? value.map((each: unknown, at) => (at === Number(key) ? changed : each)) : { ...value, [key]: changed };
  }
}
