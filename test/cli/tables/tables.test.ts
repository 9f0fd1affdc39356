import fc from 'fast-check';
import { compactNumber } from '../../../cli/tables/compact-number';
import { type Column, fittedTable } from '../../../cli/tables/fitted-table';
import { markdownTable } from '../../../cli/tables/markdown-table';
import { cutInMiddle, textWidth } from '../../../cli/tables/text-width';
import { wrapped } from '../../../cli/tables/wrapped';
import { cases } from '../../cases';

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
