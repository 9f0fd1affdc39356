import { COLUMNS, plain, tableOf, wrapped } from '../../../demo/report/text-layout';
import { HOSTILE, unfitIn } from '../../hostile-text';

const widthOf = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

test('a table is no wider than a terminal, and breaks long ids behind a sign', () => {
  const id = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
  const table = tableOf(['Model', 'a', 'b', 'c', 'd'], [[id, ...Array<string>(4).fill('1,234,567')]]);

  expect(widthOf(table)).toBeLessThanOrEqual(COLUMNS);
  expect(
    table
      .split('\n')
      .slice(2, -1)
      .map((line) => line.split('│')[1]!.trim()),
  ).toEqual(['us.anthropic.claude-haiku-4-', '5-20251001-v1:0']);
});

test('a table is as narrow as its texts', () => {
  expect(tableOf(['A', 'B'], [['x', 1]])).toBe(['┌───┬───┐', '│ A │ B │', '│ x │ 1 │', '└───┴───┘'].join('\n'));
});

test('text of a command has neither its colours nor what a terminal obeys', () => {
  expect(plain('\u001b[31mfailed\u001b[39m: \u001b]0;title\u0007a\u009b2Jb\nc')).toBe('failed: ab\nc');
  expect(unfitIn(plain(HOSTILE))).toEqual([]);
});

test('text is broken between words, with an indent', () => {
  expect(wrapped(`- ${'word '.repeat(30)}`.trim())).toMatch(/^- (word ){14}word\n {2}(word ){14}word/);
});
