import { applicationProfileOf } from '../../engine/records/application-profile';
import { roleOf } from '../../engine/records/role';
import { Failure } from '../failure';
import { suggestion } from '../suggest';
import { LocalTime } from './local-time';
import { modelOf, type ReplayedCall } from './replayed-call';

/** The name of the group in which a call is counted. */
export type Grouping = (rated: ReplayedCall) => string;

/** What `--by` takes, beside times and `meta:KEY`, and what it reads of a call. */
export const AXES = {
  model: modelOf,
  caller: ({ call }) => call.caller,
  role: ({ call }) => call.caller && roleOf(call.caller),
  /** The application inference profile, as it was called. */
  profile: ({ call }) => applicationProfileOf(call.modelId),
  account: ({ call }) => call.accountId,
  /** The Region that was called, whose prices hold. */
  region: ({ call }) => call.region,
  operation: ({ call }) => call.operation,
} satisfies Readonly<Record<string, (rated: ReplayedCall) => string | undefined>>;

/** What is sorted by time and not by cost. A week is named by its Monday. */
const TIMES = ['hour', 'day', 'week', 'month'] as const;

/** The name of the calls that have none of the kind asked for. */
export const NONE = '(none)';
const METADATA = 'meta:';
const AXIS_NAMES: readonly string[] = [...Object.keys(AXES), ...TIMES];
/** The axes in words. */
export const KNOWN_AXES = `${AXIS_NAMES.join(', ')} and meta:KEY`;

export const byModel: Grouping = AXES.model;
export const byRole: Grouping = grouping(AXES.role);
export const byProfile: Grouping = grouping(AXES.profile);

/** One or two groupings, as `--by` names them. */
export interface Axes {
  readonly names: readonly string[];
  readonly groupings: readonly Grouping[];
  readonly isByTime: boolean;
}

/** Reads `--by`. */
export function axesOf(by: string, timeZone: string): Axes {
  const names = by.split(',').map((name) => name.trim());
  if (names.length > 2 || new Set(names).size < names.length) {
    throw new Failure(`'--by' must be one or two of ${KNOWN_AXES}, got '${by}'`);
  }
  return { names, groupings: names.map((name) => groupingOf(name, timeZone)), isByTime: isTime(names[0]!) };
}

/** Reads one axis. */
export function groupingOf(by: string, timeZone = 'UTC'): Grouping {
  const key = metadataKeyOf(by);
  if (key !== undefined) return grouping((rated) => metadataOf(rated, key));
  if (isTime(by)) return timeGrouping(by, new LocalTime(timeZone));
  if (Object.hasOwn(AXES, by)) return grouping(AXES[by as keyof typeof AXES]);
  throw new Failure(`'--by' must be one or two of ${KNOWN_AXES}, got '${by}'${suggestion(by, AXIS_NAMES)}`);
}

/** The key of `meta:KEY`. */
export const metadataKeyOf = (axis: string): string | undefined =>
  axis.startsWith(METADATA) && axis.length > METADATA.length ? axis.slice(METADATA.length) : undefined;

function timeGrouping(unit: (typeof TIMES)[number], local: LocalTime): Grouping {
  return ({ call }) => local[unit](call.time);
}

function grouping(read: (rated: ReplayedCall) => string | undefined): Grouping {
  return (rated) => read(rated) ?? NONE;
}

const isTime = (axis: string): axis is (typeof TIMES)[number] => (TIMES as readonly string[]).includes(axis);

function metadataOf({ call: { metadata } }: ReplayedCall, key: string): string | undefined {
  const value = metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
