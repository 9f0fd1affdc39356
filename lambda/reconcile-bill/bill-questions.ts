import type { DimensionName } from '../../engine/ledger/questions/dimensions';
import type { LineQuestion, Question } from '../../engine/ledger/questions/question';
import { KINDS } from '../../engine/pricing/kinds';
import { TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import type { MeasureName } from '../../engine/ledger/questions/measures';
import { MAX_ROWS } from '../shared/sources';

/** How many lines a day has, to see whether a question that groups them by call has read them all. */
export const LINES_OF_DAY: LineQuestion = { each: 'line', withUnrecorded: true, by: [], measures: ['lines'], limit: 1 };

/** What a line can count: kinds of the price list, and the measure of each. */
export const COUNTED: ReadonlyArray<readonly [kind: string, measure: MeasureName]> = [
  ...TOKEN_BUCKETS.map((bucket) => [bucket, bucket === 'input' ? 'uncached' : bucket] as const),
  ...Object.keys(KINDS)
    .filter((kind) => !(TOKEN_BUCKETS as readonly string[]).includes(kind))
    .map((kind) => [kind, `units.${kind}`] as const),
];

const AXES: readonly DimensionName[] = ['modelId', 'pricedModel', 'routing', 'tier', 'source', 'account', 'region', 'status'];

/** What the bill tells apart, with callers or without. */
export const usageQuestion = (withPrincipals: boolean): Question => ({
  withUnrecorded: true,
  by: [...AXES, ...(withPrincipals ? (['principal'] as const) : [])],
  measures: ['calls', 'lines', 'usd', 'highUsd', ...COUNTED.map(([, measure]) => measure)],
  limit: MAX_ROWS,
});
