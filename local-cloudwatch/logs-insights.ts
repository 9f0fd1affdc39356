import type jsep from 'jsep';
import {
  type Column,
  columnsOf,
  evaluate,
  functionOf,
  parse,
  type LogRow,
  split,
  UnsupportedQuery,
  type Value,
} from './insights-expression';

export { type LogRow, UnsupportedQuery, type Value } from './insights-expression';

/** What a query shows. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly LogRow[];
}

interface State {
  columns: readonly string[];
  rows: readonly LogRow[];
}

type Command = (text: string, state: State) => State;

const MAX_ROWS = 10_000;

/** The commands of Logs Insights that are in use; any other is refused. */
const COMMANDS: Readonly<Record<string, Command>> = {
  filter: (text, { columns, rows }) => {
    const node = parse(text);
    return { columns, rows: rows.filter((row) => evaluate(node, row) === true) };
  },
  fields: (text, { columns, rows }) => {
    const added = columnsOf(text);
    return { columns: [...new Set([...columns, ...added.map(({ name }) => name)])], rows: rows.map((row) => withColumns(row, added)) };
  },
  display: (text, { rows }) => ({ columns: columnsOf(text).map(({ name }) => name), rows }),
  sort: (text, { columns, rows }) => {
    const keys = split(text, /,/).map((part) => {
      const [, field = '', order = 'asc'] = /^\s*(.+?)(?:\s+(asc|desc))?\s*$/.exec(part) ?? [];
      return { node: parse(field), sign: order === 'desc' ? -1 : 1 };
    });
    const compare = (a: LogRow, b: LogRow) =>
      keys.map(({ node, sign }) => order(evaluate(node, a), evaluate(node, b), sign)).find((result) => result !== 0) ?? 0;
    return { columns, rows: [...rows].sort(compare) };
  },
  limit: (text, { columns, rows }) => {
    if (!/^\d+$/.test(text)) {
      throw new UnsupportedQuery(`limit needs a number, got '${text}'`);
    }
    return { columns, rows: rows.slice(0, Number(text)) };
  },
  stats: (text, { rows }) => stats(text, rows),
};

/**
 * Runs a Logs Insights query over log events: exactly the subset that the library's own queries use.
 *
 * Whatever is not known here is refused by name with UnsupportedQuery.
 */
export function runQuery(query: string, events: readonly LogRow[]): QueryResult {
  let state: State = { columns: [], rows: events };
  for (const part of split(query, /\|/)) {
    const [, name = '', text = ''] = /^\s*(\w+)\s*([\s\S]*?)\s*$/.exec(part) ?? [];
    if (!Object.hasOwn(COMMANDS, name)) {
      throw new UnsupportedQuery(`'${name}' is not among the commands known here: ${Object.keys(COMMANDS).join(', ')}`);
    }
    state = COMMANDS[name]!(text, state);
  }
  const columns = state.columns.length > 0 ? state.columns : ['@timestamp', '@message'];
  return { columns, rows: state.rows.slice(0, MAX_ROWS) };
}

/** A log event as Insights sees it: the members of its JSON under dotted names. */
export function eventRow(message: string, timestamp: number): LogRow {
  const row = new Map<string, Value>([
    ['@timestamp', timestamp],
    ['@message', message],
  ]);
  flatten(row, '', JSON.parse(message));
  return row;
}

function flatten(row: Map<string, Value>, path: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      flatten(row, path === '' ? key : `${path}.${key}`, member);
    }
  } else if (path !== '' && value !== null) {
    row.set(path, value as Value);
  }
}

function stats(text: string, rows: readonly LogRow[]): State {
  const [aggregates = '', by] = split(text, /\sby\s/);
  const groupColumns = by === undefined ? [] : columnsOf(by);
  const columns = columnsOf(aggregates);
  const groups = new Map<string, { key: LogRow; rows: LogRow[] }>();
  for (const row of rows) {
    const key = new Map(groupColumns.map(({ name, node }) => [name, evaluate(node, row)]));
    const id = JSON.stringify([...key.values()].map((value) => value ?? null));
    const group = groups.get(id) ?? { key, rows: [] };
    groups.set(id, group);
    group.rows.push(row);
  }
  return {
    columns: [...groupColumns, ...columns].map(({ name }) => name),
    rows: [...groups.values()].map((group) => {
      const result = new Map(group.key);
      for (const { name, node } of columns) {
        // A later column may use the name of an earlier one.
        result.set(name, evaluate(node, result, aggregateOver(group.rows, result)));
      }
      return result;
    }),
  };
}

type Aggregate = (values: readonly number[], argument: number) => number;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  sum,
  avg: mean,
  min: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  max: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  stddev: (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))),
  pct: (values, percent) => [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)]!,
};

function aggregateOver(rows: readonly LogRow[], result: LogRow) {
  return (name: string, args: readonly jsep.CoreExpression[]): Value => {
    const [first, second] = args;
    const values = () => rows.map((row) => evaluate(first!, row)).filter((value) => value !== undefined);
    if (name === 'count') {
      return first === undefined ? rows.length : values().length;
    }
    if (first && name === 'count_distinct') {
      return new Set(values()).size;
    }
    if (first && (name === 'latest' || name === 'earliest')) {
      const known = rows.filter((row) => evaluate(first, row) !== undefined);
      const sorted = known.sort((a, b) => order(a.get('@timestamp'), b.get('@timestamp'), name === 'latest' ? -1 : 1));
      return sorted[0] && evaluate(first, sorted[0]);
    }
    if (first && Object.hasOwn(AGGREGATES, name)) {
      const numbers = values().map(Number).filter(Number.isFinite);
      // Of no values there is no sum: unknown is not zero.
      return numbers.length ? AGGREGATES[name]!(numbers, Number((second as jsep.Literal | undefined)?.value)) : undefined;
    }
    return functionOf(result)(name, args);
  };
}

function withColumns(row: LogRow, columns: readonly Column[]): LogRow {
  const result = new Map(row);
  for (const { name, node } of columns) {
    result.set(name, evaluate(node, result));
  }
  return result;
}

/** Rows without a value come last, in either order. */
function order(a: Value, b: Value, sign: number): number {
  if (a === undefined || b === undefined) {
    return a === b ? 0 : a === undefined ? 1 : -1;
  }
  return a === b ? 0 : (typeof a === typeof b ? a < b : String(a) < String(b)) ? -sign : sign;
}
