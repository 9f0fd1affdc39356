import type { ChargeUnit } from '../../engine/focus/charge';
import { Failure } from '../failure';
import { AXES, metadataKeyOf } from '../replay/grouping';
import type { ReplayedCall } from '../replay/replayed-call';

const UNITS: readonly string[] = ['hour', 'day', 'month'] satisfies ChargeUnit[];

/** Axes that every line of FOCUS has anyway. */
const IN_EVERY_LINE: readonly string[] = ['model', 'account', 'region', 'profile'];

/** Axes beyond those that FOCUS has, as columns of our own. */
const OWN_COLUMNS = { caller: 'x_Caller', role: 'x_Role', operation: 'x_Operation' } as const;

/** What `--by` means for lines of FOCUS. */
export interface FocusAxes {
  readonly unit: ChargeUnit;
  /** Our own columns, and what they have of a call. */
  readonly columns: ReadonlyArray<readonly [column: string, read: (rated: ReplayedCall) => string | undefined]>;
  /** Keys of the request metadata that become tags. */
  readonly tags: readonly string[];
}

/** @throws Failure for a week, which is no charge period of a month */
export function focusAxesOf(names: readonly string[]): FocusAxes {
  const unit = names.find((name) => UNITS.includes(name)) ?? 'day';
  const others = names.filter((name) => name !== unit && !IN_EVERY_LINE.includes(name));
  const columns = others.flatMap((name) => (Object.hasOwn(OWN_COLUMNS, name) ? [name as keyof typeof OWN_COLUMNS] : []));
  const tags = others.flatMap((name) => metadataKeyOf(name) ?? []);
  const unknown = others.find((name) => metadataKeyOf(name) === undefined && !Object.hasOwn(OWN_COLUMNS, name));
  if (unknown !== undefined) throw new Failure(`'--format focus' has no lines by ${unknown}: use hour, day or month`);
  return { unit: unit as ChargeUnit, columns: columns.map((name) => [OWN_COLUMNS[name], AXES[name]] as const), tags };
}
