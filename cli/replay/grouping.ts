import type { RatedCall } from '../../engine/rating/rater';
import { applicationProfileOf } from '../../engine/records/application-profile';
import { roleOf } from '../../engine/records/role';
import { Failure } from '../failure';

/** The name of the group in which a call is counted. */
export type Grouping = (rated: RatedCall) => string;

/** What `--by` takes, beside `meta:KEY`, and what it reads of a call. */
export const AXES = {
  model: ({ call, unitPrices }) => unitPrices?.quote.resolved.model ?? call.modelId,
  caller: ({ call }) => call.caller,
  role: ({ call }) => call.caller && roleOf(call.caller),
  /** The application inference profile, as it was called. */
  profile: ({ call }) => applicationProfileOf(call.modelId),
  account: ({ call }) => call.accountId,
  /** The Region that was called, whose prices hold. */
  region: ({ call }) => call.region,
  day: ({ call }) => new Date(call.time).toISOString().slice(0, 10),
  operation: ({ call }) => call.operation,
} satisfies Readonly<Record<string, (rated: RatedCall) => string | undefined>>;

/** The name of the calls that have none of the kind asked for. */
const NONE = '(none)';
const METADATA = 'meta:';

export const byModel: Grouping = AXES.model;
export const byRole: Grouping = grouping(AXES.role);

/** Reads `--by`. */
export function groupingOf(by: string): Grouping {
  const key = by.startsWith(METADATA) ? by.slice(METADATA.length) : '';
  if (key !== '') return grouping((rated) => metadataOf(rated, key));
  if (Object.hasOwn(AXES, by)) return grouping(AXES[by as keyof typeof AXES]);
  throw new Failure(`'--by' must be ${Object.keys(AXES).join(', ')} or meta:KEY, got '${by}'`);
}

function grouping(read: (rated: RatedCall) => string | undefined): Grouping {
  return (rated) => read(rated) ?? NONE;
}

function metadataOf({ call: { metadata } }: RatedCall, key: string): string | undefined {
  const value = metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
