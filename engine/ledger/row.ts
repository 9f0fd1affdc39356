import { parseUsd } from '../pricing/usd-text';
import { type ColumnType, LEDGER_COLUMNS, type LedgerColumn } from './columns';
import { Member } from './members';

/** The largest number that a column of the type bigint holds. */
const MAX_BIGINT = 2n ** 63n - 1n;

/** The flag of a row whose cost is larger than its column: nine million dollars for one call. */
const TOO_LARGE = 'costTooLarge';

/** The columns whose value is read from the digits of the line: a double keeps 15 of them. */
const MONEY: readonly string[] = [Member.costUsd, Member.costHighUsd];

/**
 * A ledger line as a row of the table, as text: an object with every column, `null` where the line has no member. Firehose takes
 * no record that lacks a column, and times in microseconds only. Source: Amazon Data Firehose Developer Guide, "Deliver data to
 * Apache Iceberg Tables".
 *
 * @param writtenAt in milliseconds
 */
export function rowOf(line: string, writtenAt: number): string {
  const members = JSON.parse(line) as Record<string, unknown>;
  const isTooLarge = MONEY.some((member) => (moneyOf(line, member, members) ?? 0n) > MAX_BIGINT);
  const flags = isTooLarge ? { [Member.flags]: [...((members[Member.flags] as string[] | undefined) ?? []), TOO_LARGE] } : {};
  const texts = LEDGER_COLUMNS.map((column) => `"${column.name}":${textOf(column, line, { ...members, ...flags }, writtenAt)}`);
  return `{${texts.join(',')}}`;
}

function textOf({ path, type }: LedgerColumn, line: string, members: Record<string, unknown>, writtenAt: number): string {
  if (!path) return micros(writtenAt);
  if (MONEY.includes(path[0]!)) {
    const amount = moneyOf(line, path[0]!, members);
    return amount === undefined || amount > MAX_BIGINT ? 'null' : String(amount);
  }
  const value = path.reduce<unknown>((object, name) => (object as Record<string, unknown> | undefined)?.[name], members);
  return value === undefined || value === null ? 'null' : BY_TYPE[type](value);
}

/** The amount of a member, by its digits. The last of that name: before it, kinds of units have names that records choose. */
function moneyOf(line: string, member: string, members: Record<string, unknown>): bigint | undefined {
  if (typeof members[member] !== 'number') return undefined;
  const digits = [...line.matchAll(new RegExp(`"${member}":([0-9.]+)`, 'g'))].at(-1)?.[1];
  return digits === undefined ? undefined : parseUsd(digits);
}

const micros = (ms: number): string => `${ms}000`;

/** How a value is written in a column. What does not fit is unknown, because it would cost the row. */
const BY_TYPE: Readonly<Record<ColumnType, (value: unknown) => string>> = {
  string: (value) => JSON.stringify(typeof value === 'string' ? value : String(value)),
  bigint: (value) => (Number.isSafeInteger(value) ? String(value) : 'null'),
  double: (value) => (Number.isFinite(value) ? JSON.stringify(value) : 'null'),
  timestamp: (value) => micros(Date.parse(value as string)),
  'array<string>': (value) => JSON.stringify(value),
  'map<string,string>': (value) => JSON.stringify(value),
  'map<string,double>': (value) => JSON.stringify(value),
  'map<string,bigint>': (value) => JSON.stringify(value),
};
