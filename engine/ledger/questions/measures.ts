import { CACHE_WRITTEN, Member } from '../members';
import { SENT_COLUMNS } from './calls-sql';

const { costHighUsd, costUsd, errorCode, tokens } = Member;

/** What is counted or added up, in both languages. What is unknown adds nothing, and is never a zero of its own. */
export interface Measure {
  /** Logs Insights: what a line has, worked out first. */
  readonly computed?: string;
  /** Logs Insights: what a call has, of its lines, and its name. */
  readonly ofCall?: readonly [aggregate: string, name: string];
  /** Logs Insights: over the calls, or over the lines where the question is about lines. */
  readonly over: string;
  /** SQL: over the rows of calls, or of lines. */
  readonly sql: string;
}

/** Unknown where a line counts no tokens: it has `tokens.input` wherever it counts any. */
const SENT = `${tokens.input} + ${CACHE_WRITTEN}`;
const ALL = `${SENT} + coalesce(${tokens.cacheRead}, 0) as allInput`;
const UNITS = 'units.';

const sumOf = (aggregate: string, name: string, column: string): Measure => ({
  ofCall: [aggregate, name],
  over: `sum(${name})`,
  sql: `sum(${column})`,
});
const bucket = (name: keyof typeof tokens, column: string): Measure => sumOf(`max(${tokens[name]})`, `${name}OfCall`, column);

const MEASURES = {
  calls: { over: 'count(*)', sql: 'count(*)' },
  /** Lines of the ledger, of which a call can have several. */
  lines: { ofCall: ['count(*)', 'linesOfCall'], over: 'sum(linesOfCall)', sql: 'sum("lines")' },
  priced: { ofCall: [`max(${costUsd})`, 'cost'], over: 'count(cost)', sql: 'count(cost_usd)' },
  failed: { ofCall: [`sortsLast(${errorCode})`, 'errorOfCall'], over: 'count(errorOfCall)', sql: 'count(error_code)' },
  /** Calls whose tokens are known. */
  counted: { ofCall: [`max(${tokens.input})`, 'inputOfCall'], over: 'count(inputOfCall)', sql: 'count(input_tokens)' },
  usd: sumOf(`max(${costUsd})`, 'cost', 'cost_usd'),
  highUsd: sumOf(`max(coalesce(${costHighUsd}, ${costUsd}))`, 'highCost', 'coalesce(cost_high_usd, cost_usd)'),
  /** All input tokens, cached or not. */
  input: { computed: ALL, ...sumOf('max(allInput)', 'allInputOfCall', 'all_input_tokens') },
  longest: { computed: ALL, ofCall: ['max(allInput)', 'allInputOfCall'], over: 'max(allInputOfCall)', sql: 'max(all_input_tokens)' },
  /** Input tokens without those read from the prompt cache. */
  sent: { computed: `${SENT} as sentInput`, ...sumOf('max(sentInput)', 'sentOfCall', SENT_COLUMNS) },
  uncached: bucket('input', 'input_tokens'),
  cacheRead: bucket('cacheRead', 'cache_read_tokens'),
  cacheWrite5m: bucket('cacheWrite5m', 'cache_write_5m_tokens'),
  cacheWrite1h: bucket('cacheWrite1h', 'cache_write_1h_tokens'),
  cacheWrite: bucket('cacheWrite', 'cache_write_tokens'),
  output: bucket('output', 'output_tokens'),
  /** The first day in UTC: how far back the ledger goes, where it goes back less than the question. */
  firstDay: {
    computed: `substr(${Member.time}, 0, 10) as dayOfLine`,
    ofCall: ['sortsFirst(dayOfLine)', 'firstDayOfCall'],
    over: 'sortsFirst(firstDayOfCall)',
    sql: 'min(cast(cast("time" as date) as varchar))',
  },
} as const satisfies Readonly<Record<string, Measure>>;

/** What can be said of lines without making calls of them. */
const LINE_MEASURES = {
  lines: { over: 'count(*)', sql: 'count(*)' },
  /** Of the largest call: tokens without those read from the prompt cache. */
  mostTokens: {
    computed: `${SENT} + ${tokens.output} as usedTokens`,
    over: 'max(usedTokens)',
    sql: `max(${SENT_COLUMNS} + output_tokens)`,
  },
} as const satisfies Readonly<Record<string, Measure>>;

/** A name of the table, or a kind of unit, such as `units.image`. */
export type MeasureName = keyof typeof MEASURES | `${typeof UNITS}${string}`;
export type LineMeasureName = keyof typeof LINE_MEASURES;

export function measureOf(name: MeasureName): Measure {
  if (!name.startsWith(UNITS)) return MEASURES[name as keyof typeof MEASURES];
  const kind = name.slice(UNITS.length);
  return sumOf(`max(${Member.units}.${kind})`, `${kind}OfCall`, `element_at(units, '${kind}')`);
}

export const lineMeasureOf = (name: LineMeasureName): Measure => LINE_MEASURES[name];

/** The name of its column. */
export const columnOfMeasure = (name: MeasureName | LineMeasureName): string =>
  name.startsWith(UNITS) ? `${name.slice(UNITS.length)}Count` : name;
