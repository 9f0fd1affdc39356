import { readFileSync, writeFileSync } from 'node:fs';
import { LEDGER_COLUMNS } from '../../engine/ledger/columns';
import { Member } from '../../engine/ledger/members';
import { NAMED_QUESTIONS } from '../../engine/ledger/questions/question';

const PAGE = 'docs/ledger.md';
const MEMBERS = Object.values(Member).flatMap((member) => (typeof member === 'string' ? [member] : Object.values(member)));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const TABLES: Readonly<Record<string, () => string[]>> = {
  members: () => [
    row(['member', 'column of the table', 'what it is']),
    row(['---', '---', '---']),
    ...LEDGER_COLUMNS.map(({ name, type, comment, path }) => row([path ? `\`${path.join('.')}\`` : '', `\`${name}\` ${type}`, comment])),
  ],
  questions: () => NAMED_QUESTIONS.map(({ title }) => `- ${title}`),
};

test.each(Object.keys(TABLES))('the part of docs/ledger.md about %s is made of the code; UPDATE_DOCS=1 writes it', (name) => {
  const begin = `<!-- ${name} -->\n\n`;
  const made = `${TABLES[name]!().join('\n')}\n`;
  if (process.env.UPDATE_DOCS) {
    const [before = '', rest = ''] = readFileSync(PAGE, 'utf8').split(begin);
    writeFileSync(PAGE, `${before}${begin}${made}${rest.slice(rest.indexOf('\n\n') + 1)}`);
  }
  expect(readFileSync(PAGE, 'utf8').split(begin)[1]?.slice(0, made.length)).toBe(made);
});

test('every member has a column, and a comment that says what it is', () => {
  expect(LEDGER_COLUMNS.flatMap(({ path }) => path?.join('.') ?? [])).toEqual(MEMBERS);
  LEDGER_COLUMNS.forEach(({ comment }) => expect(comment.length).toBeGreaterThan(5));
});
