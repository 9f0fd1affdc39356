import { parseRate } from '../pricing/usd-text';
import type { RawRow } from '../pricing/price-row';
import type { PublishedRate } from './classify';
import { isInForce } from './price-scope';

/** A price that moved by more than this factor is more likely to be misread than to be true. */
const MAX_FACTOR = 5n;

/** What becomes of a published rate. A quarantined rate is reported and not applied. */
export type Verdict = { readonly state: 'added' | 'unchanged' | 'changed' } | { readonly state: 'quarantined'; readonly reason: string };

/** A published rate beside the row of its scope that is in use; a row without rates where the scope had no price until now. */
export interface Comparison {
  readonly rate: PublishedRate;
  readonly row: RawRow;
  /** What the shipped catalogue says, by kind: a rate that agrees with it is applied, however far it moved. */
  readonly shippedRates: Readonly<Record<string, string>>;
  /** Whether someone looked at the prices that moved too far, and accepted them. */
  readonly acceptQuarantined: boolean;
}

interface Rule {
  readonly holds: (comparison: Comparison) => boolean;
  readonly verdict: Verdict;
}

const quarantined = (reason: string): Verdict => ({ state: 'quarantined', reason });

/** In order of precedence: the first rule that holds decides. docs/price-refresh.md lists those that quarantine. */
const RULES: readonly Rule[] = [
  { holds: hasNoPriceYet, verdict: { state: 'added' } },
  { holds: hasTheSamePrice, verdict: { state: 'unchanged' } },
  { holds: isRejectedForAReason, verdict: quarantined('the catalogue gives a reason for its own price') },
  { holds: isOutsideThePeriodOfTheRow, verdict: quarantined('the catalogue has a later price') },
  { holds: isAccepted, verdict: { state: 'changed' } },
  { holds: movedTooFar, verdict: quarantined('moved by more than five times') },
];

export function judgeRate(comparison: Comparison): Verdict {
  return RULES.find(({ holds }) => holds(comparison))?.verdict ?? { state: 'changed' };
}

function hasNoPriceYet({ rate, row }: Comparison): boolean {
  return row.rates[rate.kind] === undefined;
}

function hasTheSamePrice(comparison: Comparison): boolean {
  const { before, after } = prices(comparison);
  return before === after;
}

/** The row gives a reason for its price and names the published one among the rejected; a newer publication is not covered. */
function isRejectedForAReason({ rate: { kind, rate, effective }, row }: Comparison): boolean {
  const isRejected = row.others?.some((other) => other.startsWith(`${kind} `) && other.endsWith(` ${rate}`)) ?? false;
  // `asOf` may be a month without a day, which covers all days of the month.
  return row.why !== undefined && isRejected && effective <= row.asOf.padEnd(10, '-99');
}

function isOutsideThePeriodOfTheRow({ rate: { effective }, row }: Comparison): boolean {
  return !isInForce(row, effective);
}

function isAccepted({ rate: { kind, rate }, shippedRates, acceptQuarantined }: Comparison): boolean {
  return acceptQuarantined || shippedRates[kind] === rate;
}

/** A change from or to zero is always too far. */
function movedTooFar(comparison: Comparison): boolean {
  const { before, after } = prices(comparison);
  return before > after * MAX_FACTOR || after > before * MAX_FACTOR;
}

function prices({ rate: { kind, rate }, row }: Comparison): { readonly before: bigint; readonly after: bigint } {
  return { before: parseRate(kind, row.rates[kind]!), after: parseRate(kind, rate) };
}
