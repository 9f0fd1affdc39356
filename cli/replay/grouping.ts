import type { RatedCall } from '../../engine/rating/rater';
import { Failure } from '../failure';

/** The name under which a call is counted. */
export type Grouping = (rated: RatedCall) => string;

export const NONE = '(none)';
const META = 'meta:';

const GROUPINGS: Readonly<Record<string, Grouping>> = {
  model: ({ call, unitPrices }) => unitPrices?.quote.resolved.model ?? call.modelId,
  caller: ({ call }) => call.caller ?? NONE,
  day: ({ call }) => new Date(call.time).toISOString().slice(0, 10),
  operation: ({ call }) => call.operation ?? NONE,
};

/** Reads `--by`. */
export function groupingOf(by: string): Grouping {
  const key = by.startsWith(META) ? by.slice(META.length) : '';
  if (key !== '') {
    return ({ call }) => {
      const value = call.metadata?.[key];
      return typeof value === 'string' ? value : NONE;
    };
  }
  const grouping = Object.hasOwn(GROUPINGS, by) ? GROUPINGS[by] : undefined;
  if (!grouping) throw new Failure(`'--by' must be ${Object.keys(GROUPINGS).join(', ')} or meta:KEY, got '${by}'`);
  return grouping;
}
