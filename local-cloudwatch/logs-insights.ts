import { evaluate } from './insights-expression';
import { type Column, columnsOf, parse, split } from './insights-syntax';
import { commandsOf } from './insights-commands';
import { compareValues, GroupRow, type LogRow, UnsupportedQuery, type Value } from './insights-values';

export { type LogRow, UnsupportedQuery, type Value } from './insights-values';

/** What a query shows. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly LogRow[];
}

type Command = (text: string, state: QueryResult) => QueryResult;

/** Logs Insights returns no more. Source: CloudWatch Logs User Guide, "limit". */
const MAX_ROWS = 10_000;

/** The commands of Logs Insights that the library's own queries use; every other is refused. */
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
      const [, field = '', direction] = /^\s*(.+?)(?:\s+(asc|desc))?\s*$/.exec(part) ?? [];
      return { node: parse(field), direction: direction === 'desc' ? (-1 as const) : (1 as const) };
    });
    const compare = (a: LogRow, b: LogRow) =>
      keys.map(({ node, direction }) => compareValues(evaluate(node, a), evaluate(node, b), direction)).find((order) => order !== 0) ?? 0;
    return { columns, rows: [...rows].sort(compare) };
  },
  limit: (text, { columns, rows }) => {
    if (!/^\d+$/.test(text)) {
      throw new UnsupportedQuery(`limit needs a number, got '${text}'`);
    }
    return { columns, rows: rows.slice(0, Number(text)) };
  },
  stats: (text, { rows }) => stats(text, rows),
  dedup: (text, { columns, rows }) => {
    const nodes = split(text, /,/).map(parse);
    const known = new Set<string>();
    const isFirst = (row: LogRow) => {
      const values = nodes.map((node) => evaluate(node, row));
      // A row without a value is no duplicate.
      return values.includes(undefined) || known.size < known.add(JSON.stringify(values)).size;
    };
    return { columns, rows: rows.filter(isFirst) };
  },
};

/**
 * Runs a Logs Insights query over log events.
 *
 * Throws UnsupportedQuery, with the name of the part, where the query has a part that is not known here.
 */
export function runQuery(query: string, events: readonly LogRow[]): QueryResult {
  let state: QueryResult = { columns: [], rows: events };
  for (const { name, text } of commandsOf(query, Object.keys(COMMANDS))) {
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

function stats(text: string, rows: readonly LogRow[]): QueryResult {
  const [aggregates = '', by] = split(text, /\sby\s/);
  const groupColumns = by === undefined ? [] : columnsOf(by);
  const columns = columnsOf(aggregates);
  return {
    columns: [...groupColumns, ...columns].map(({ name }) => name),
    rows: groupsOf(rows, groupColumns).map(({ key, members }) => {
      const result = new GroupRow(key);
      for (const { name, node } of columns) {
        // A later column may use the name of an earlier one.
        result.set(name, evaluate(node, result, members));
      }
      return result;
    }),
  };
}

interface RowGroup {
  readonly key: LogRow;
  readonly members: LogRow[];
}

/** The rows by the values that they have in some columns. */
function groupsOf(rows: readonly LogRow[], columns: readonly Column[]): RowGroup[] {
  const groups = new Map<string, RowGroup>();
  for (const row of rows) {
    const key = new Map(columns.map(({ name, node }) => [name, evaluate(node, row)]));
    const id = JSON.stringify([...key.values()].map((value) => value ?? null));
    const group = groups.get(id);
    if (group) {
      group.members.push(row);
    } else {
      groups.set(id, { key, members: [row] });
    }
  }
  return [...groups.values()];
}

function withColumns(row: LogRow, columns: readonly Column[]): LogRow {
  const result = row instanceof GroupRow ? new GroupRow(row) : new Map(row);
  for (const { name, node } of columns) {
    result.set(name, evaluate(node, result));
  }
  return result;
}
