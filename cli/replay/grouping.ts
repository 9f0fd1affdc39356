import type { RatedCall } from '../../engine/rating/rater';
import { applicationProfileOf } from '../../engine/records/application-profile';
import { roleOf } from '../../engine/records/role';
import { Failure } from '../failure';

const DAY_MS = 86_400_000;

const isoTime = (time: number, characters: number): string => new Date(time).toISOString().slice(0, characters).replace('T', ' ');

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
  hour: ({ call }) => `${isoTime(call.time, 13)}:00`,
  day: ({ call }) => isoTime(call.time, 10),
  /** By its Monday. */
  week: ({ call }) => isoTime(call.time - ((new Date(call.time).getUTCDay() + 6) % 7) * DAY_MS, 10),
  month: ({ call }) => isoTime(call.time, 7),
  operation: ({ call }) => call.operation,
} satisfies Readonly<Record<string, (rated: RatedCall) => string | undefined>>;

/** What is sorted by time and not by cost. */
const TIMES: ReadonlySet<string> = new Set(['hour', 'day', 'week', 'month']);

/** The name of the calls that have none of the kind asked for. */
const NONE = '(none)';
const METADATA = 'meta:';
/** The axes in words. */
export const KNOWN_AXES = `${Object.keys(AXES).join(', ')} and meta:KEY`;

export const byModel: Grouping = AXES.model;
export const byRole: Grouping = grouping(AXES.role);

/** One or two groupings, as `--by` names them. */
export interface Axes {
  readonly names: readonly string[];
  readonly groupings: readonly Grouping[];
  readonly isByTime: boolean;
}

/** Reads `--by`. */
export function axesOf(by: string): Axes {
  const names = by.split(',');
  if (names.length > 2 || new Set(names).size < names.length) {
    throw new Failure(`'--by' must be one or two of ${KNOWN_AXES}, got '${by}'`);
  }
  return { names, groupings: names.map(groupingOf), isByTime: TIMES.has(names[0]!) };
}

/** Reads one axis. */
export function groupingOf(by: string): Grouping {
  const key = by.startsWith(METADATA) ? by.slice(METADATA.length) : '';
  if (key !== '') return grouping((rated) => metadataOf(rated, key));
  if (Object.hasOwn(AXES, by)) return grouping(AXES[by as keyof typeof AXES]);
  throw new Failure(`'--by' must be one or two of ${KNOWN_AXES}, got '${by}'`);
}

function grouping(read: (rated: RatedCall) => string | undefined): Grouping {
  return (rated) => read(rated) ?? NONE;
}

function metadataOf({ call: { metadata } }: RatedCall, key: string): string | undefined {
  const value = metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
