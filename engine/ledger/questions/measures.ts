import { ALL_INPUT, Member } from '../members';

const { costHighUsd, costUsd, errorCode, tokens } = Member;

/** What is counted or added up, in both languages. What is unknown adds nothing, and is never a zero of its own. */
export interface Measure {
  /** Logs Insights: what a line has, worked out first. */
  readonly computed?: string;
  /** Logs Insights: what a call has, of its lines, and its name. */
  readonly ofCall?: readonly [aggregate: string, name: string];
  /** Logs Insights: over the calls. */
  readonly over: string;
  /** SQL: over the rows of calls. */
  readonly sql: string;
}

const SENT = `${ALL_INPUT} as sent`;

const bucket = (name: keyof typeof tokens, column: string): Measure => ({
  ofCall: [`max(${tokens[name]})`, `${name}OfCall`],
  over: `sum(${name}OfCall)`,
  sql: `sum(${column})`,
});

export const MEASURES = {
  calls: { over: 'count(*)', sql: 'count(*)' },
  /** Lines of the ledger, of which a call can have several. */
  lines: { ofCall: ['count(*)', 'linesOfCall'], over: 'sum(linesOfCall)', sql: 'sum("lines")' },
  priced: { ofCall: [`max(${costUsd})`, 'cost'], over: 'count(cost)', sql: 'count(cost_usd)' },
  failed: { ofCall: [`sortsLast(${errorCode})`, 'errorOfCall'], over: 'count(errorOfCall)', sql: 'count(error_code)' },
  /** Calls whose tokens are known. */
  counted: { ofCall: [`max(${tokens.input})`, 'inputOfCall'], over: 'count(inputOfCall)', sql: 'count(input_tokens)' },
  usd: { ofCall: [`max(${costUsd})`, 'cost'], over: 'sum(cost)', sql: 'sum(cost_usd)' },
  highUsd: {
    ofCall: [`max(coalesce(${costHighUsd}, ${costUsd}))`, 'highCost'],
    over: 'sum(highCost)',
    sql: 'sum(coalesce(cost_high_usd, cost_usd))',
  },
  /** All input tokens, cached or not. */
  input: { computed: SENT, ofCall: ['max(sent)', 'sentOfCall'], over: 'sum(sentOfCall)', sql: 'sum(all_input_tokens)' },
  longest: { computed: SENT, ofCall: ['max(sent)', 'sentOfCall'], over: 'max(sentOfCall)', sql: 'max(all_input_tokens)' },
  uncached: bucket('input', 'input_tokens'),
  cacheRead: bucket('cacheRead', 'cache_read_tokens'),
  cacheWrite5m: bucket('cacheWrite5m', 'cache_write_5m_tokens'),
  cacheWrite1h: bucket('cacheWrite1h', 'cache_write_1h_tokens'),
  cacheWrite: bucket('cacheWrite', 'cache_write_tokens'),
  output: bucket('output', 'output_tokens'),
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof MEASURES;
