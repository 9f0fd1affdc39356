import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Member } from '../../engine/ledger/members';

const MEMBERS = Object.values(Member).flatMap((member) => (typeof member === 'string' ? [member] : Object.values(member)));

test('docs/ledger.md has one row for each member of a line, in their order, and says what it is', () => {
  const page = readFileSync(join(__dirname, '../../docs/ledger.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)];
  expect(rows.map(([, name]) => name)).toEqual(MEMBERS);
  rows.forEach(([, , description = '']) => expect(description.length).toBeGreaterThan(5));
});
