import type { RatedCall } from '../../engine/rating/rater';
import { Failure } from '../failure';

/** The name of the group in which a call is counted. */
export type Grouping = (rated: RatedCall) => string;

/** The name of the calls that have none of the kind asked for. */
const NONE = '(none)';
const METADATA = 'meta:';

export const byModel: Grouping = ({ call, unitPrices }) => unitPrices?.quote.resolved.model ?? call.modelId;
export const byCaller: Grouping = ({ call }) => call.caller ?? NONE;

/** What `--by` takes, beside `meta:KEY`. */
const GROUPINGS: Readonly<Record<string, Grouping>> = {
  model: byModel,
  caller: byCaller,
  day: ({ call }) => new Date(call.time).toISOString().slice(0, 10),
  operation: ({ call }) => call.operation ?? NONE,
};

/** Reads `--by`. */
export function groupingOf(by: string): Grouping {
  const key = by.startsWith(METADATA) ? by.slice(METADATA.length) : '';
  if (key !== '') return byMetadata(key);
  if (Object.hasOwn(GROUPINGS, by)) return GROUPINGS[by]!;
  throw new Failure(`'--by' must be ${Object.keys(GROUPINGS).join(', ')} or meta:KEY, got '${by}'`);
}

function byMetadata(key: string): Grouping {
  return ({ call: { metadata } }) => {
    const value = metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    return typeof value === 'string' ? value : NONE;
  };
}
