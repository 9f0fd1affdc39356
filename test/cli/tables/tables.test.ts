import fc from 'fast-check';
import { compactNumber } from '../../../cli/tables/compact-number';
import { displayNames } from '../../../cli/tables/display-names';
import { type Column, fittedTable } from '../../../cli/tables/fitted-table';
import { markdownTable } from '../../../cli/tables/markdown-table';
import { cents, signedCents } from '../../../cli/tables/money';
import { cutInMiddle, textWidth } from '../../../cli/tables/text-width';
import { wrapped } from '../../../cli/tables/wrapped';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { parseUsd } from '../../../engine/pricing/usd-text';
import { cases } from '../../cases';

test.each([
  ['0', '0.00'],
  ['0.000000000001', '<0.01'],
  ['0.005', '<0.01'],
  ['0.0051', '0.01'],
  ['0.015', '0.02'],
  ['999.994', '999.99'],
  ['1234567.895', '1,234,567.90'],
])('%s is shown as %s', (usd, text) => expect(cents(parseUsd(usd))).toBe(text));

test('a difference has its sign, and never looks like none', () => {
  expect([1n, -1n, 0n, 2n * 10n ** 12n, -2n * 10n ** 12n].map(signedCents)).toEqual(['<+0.01', '>-0.01', '0.00', '+2.00', '-2.00']);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1.00k'],
  [99_949, '99.9k'],
  [999_499, '999k'],
  [999_500, '1.00M'],
  [12_345_678, '12.3M'],
  [5e15, '5000T'],
])('%d is short as %s', (value, text) => expect(compactNumber(value)).toBe(text));

test('the width of a text is that of the terminal, and a cut text keeps both ends', () => {
  expect(['abc', '模型', 'é', '🙂'].map(textWidth)).toEqual([3, 4, 1, 2]);
  expect(cutInMiddle('abcdefghij', 5)).toBe('ab…ij');
  expect(cutInMiddle('模型模型模型', 7)).toBe('模…型');
  expect(cutInMiddle('abc', 3)).toBe('abc');
});

test('sentences are wrapped at blanks', () => {
  expect(wrapped('one two three four', 10, '  ')).toBe('  one two\n    three\n    four');
});

describe('names', () => {
  const shown = (axis: string, ...names: string[]) => [...displayNames(axis, names, Catalogue.builtIn()).values()];
  const role = (account: string, session: string) => `arn:aws:sts::${account}:assumed-role/App/${session}`;

  test('models have the name of the catalogue, callers what differs', () => {
    expect(shown('model', 'anthropic.claude-sonnet-4-6', 'acme.model')).toEqual(['Claude Sonnet 4.6', 'acme.model']);
    expect(shown('caller', role('111122223333', 'a'), 'arn:aws:iam::111122223333:user/jane', '****')).toEqual([
      'App/a',
      'user/jane',
      '****',
    ]);
    expect(shown('meta:team', 'arn:aws:iam::111122223333:user/jane')).toEqual(['arn:aws:iam::111122223333:user/jane']);
  });

  test('two names never look the same', () => {
    expect(shown('caller', role('111122223333', 'a'), role('444455556666', 'a'))).toEqual(['111122223333:App/a', '444455556666:App/a']);
    expect(shown('model', 'amazon.nova-reel-v1:0', 'amazon.nova-reel-v1:1')).toEqual(['amazon.nova-reel-v1:0', 'amazon.nova-reel-v1:1']);
    expect(shown('caller', 'App/a', role('111122223333', 'a'))).toEqual(['App/a', '111122223333:App/a']);
  });
});

const NAME = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab-:/. \n\u001b', '模', 'é', '🙂', 'e\u0301'), maxLength: 90 }),
  fc.constantFrom('模型'.repeat(30), 'x'.repeat(200), '🙂'.repeat(9)),
);

test('no line is wider than there is room, and no number is lost, whatever is in the cells', () => {
  const rows = fc.array(fc.tuple(NAME, NAME, fc.nat(1e15), fc.nat(1e15), fc.nat(1e15)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 60, max: 200 }), (rows, width) => {
      const count = (head: string, at: 2 | 3 | 4, leftOut?: number): Column => ({
        head,
        cells: rows.map((row) => row[at].toLocaleString('en-US')),
        compact: rows.map((row) => compactNumber(row[at])),
        isRight: true,
        leftOut,
      });
      const columns = [
        { head: 'name', cells: rows.map(([name]) => name), isName: true },
        { head: 'other', cells: rows.map(([, name]) => name), isName: true },
        count('calls', 2),
        count('cache\nread', 3, 1),
        count('output', 4, 2),
      ];
      const { text, leftOut } = fittedTable(columns, width);
      expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(width);
      expect(text.split('\n')).toHaveLength(rows.length + (leftOut.includes('cache read') ? 1 : 2));
      if (leftOut.includes('output')) expect(leftOut).toContain('cache read');
    }),
    { numRuns: cases(60, 300) },
  );
});

test('Markdown of a name is text, and the total is bold', () => {
  const columns = [
    { head: 'a\nb', cells: ['x|*y*', 'total'] },
    { head: 'USD', cells: ['1.00', ''], isRight: true },
  ];
  expect(markdownTable(columns, { hasTotal: true })).toBe('| a b | USD |\n| --- | ---: |\n| x\\|\\*y\\* | 1.00 |\n| **total** |  |');
});
