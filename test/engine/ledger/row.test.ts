import * as fc from 'fast-check';
import { LEDGER_COLUMNS, plainComment } from '../../../engine/ledger/columns';
import { LedgerWriter } from '../../../engine/ledger/ledger-writer';
import { rowOf } from '../../../engine/ledger/row';
import { addColumnsDdl, createTableDdl } from '../../../engine/ledger/table-ddl';
import { formatUsd } from '../../../engine/pricing/usd-text';
import { extras, METADATA_KEYS, ratedCall } from './rated-calls';
import { writtenMembers } from './written-members';

const NOW = Date.parse('2026-11-20T10:20:00Z');
const NAMES = LEDGER_COLUMNS.map(({ name }) => name);

const rowObject = (line: string) => JSON.parse(rowOf(line, NOW)) as Record<string, unknown>;

test('there is a column for each member that is written, under a name that Glue and Firehose take', () => {
  const paths = LEDGER_COLUMNS.flatMap(({ path }) => path?.join('.') ?? []);
  expect(new Set(paths)).toEqual(writtenMembers());
  expect(NAMES.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  expect(new Set(NAMES).size).toBe(NAMES.length);
});

test('every line becomes a row with every column, its cost to the pico-dollar', () => {
  const writer = new LedgerWriter(METADATA_KEYS, true);
  fc.assert(
    fc.property(ratedCall, extras, (rated, beyond) => {
      const text = rowOf(writer.line(rated, beyond), NOW);
      const row = JSON.parse(text) as Record<string, unknown>;
      expect(Object.keys(row)).toEqual(NAMES);
      expect(row).toMatchObject({ time: rated.call.time * 1000, written_at: NOW * 1000, status: rated.status });
      const cost = rated.status === 'priced' && rated.usage ? rated.unitPrices?.cost(rated.usage) : undefined;
      const pico = /"cost_pico":(\d+|null)/.exec(text)![1]!;
      expect(pico).toBe(cost === undefined || cost.low >= 2n ** 63n ? 'null' : String(cost.low));
    }),
  );
});

test('a kind of unit with the name of a member is no cost', () => {
  const start = '{"ledger":1,"time":"2026-11-20T10:15:42.000Z","status":"priced","units":{"costUsd":5}';
  expect(rowObject(`${start}}`).cost_pico).toBeNull();
  expect(rowObject(`${start},"costUsd":0.000000000001}`).cost_pico).toBe(1);
});

test('a cost that no column holds is unknown, and said', () => {
  const line = (cost: bigint) => `{"ledger":1,"status":"priced","costUsd":${formatUsd(cost)},"flags":["tierFallback"]}`;
  expect(rowObject(line(2n ** 63n - 1n)).flags).toEqual(['tierFallback']);
  expect(rowObject(line(2n ** 63n))).toMatchObject({ cost_pico: null, flags: ['tierFallback', 'costTooLarge'] });
});

test('the statement that makes the table has each column with its type and its comment', () => {
  const ddl = createTableDdl('s3://bucket/ledger/');
  LEDGER_COLUMNS.forEach((column) => expect(ddl).toContain(`\`${column.name}\` ${column.type} COMMENT '${plainComment(column)}'`));
  expect(ddl).toContain('PARTITIONED BY (day(`written_at`))');
  expect(LEDGER_COLUMNS.filter((column) => /[[\]`']|\.md/.test(plainComment(column)))).toEqual([]);
});

test('a table of an older version gets the columns that it lacks, and loses none', () => {
  expect(addColumnsDdl([...NAMES, 'of a later version'])).toBeUndefined();
  expect(addColumnsDdl(NAMES.filter((name) => name !== 'price_basis'))).toMatch(
    /^ALTER TABLE `ledger` ADD COLUMNS \(`price_basis` string COMMENT '[^']+'\)$/,
  );
});
