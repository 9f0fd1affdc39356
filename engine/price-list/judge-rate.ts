import { CACHE_WRITES } from '../pricing/kinds';
import { parseRate } from '../pricing/usd-text';
import type { RawRow } from '../pricing/price-row';
import type { PublishedRate } from './classify';
import { isInForce } from './price-scope';

/** A price that moved by more than this factor is more likely to be misread than to be true. */
const MAX_FACTOR = 5n;

/** What becomes of a published rate. A quarantined rate is reported and not applied. */
export type Verdict = { readonly state: 'added' | 'unchanged' | 'changed' } | { readonly state: 'quarantined'; readonly reason: string };

/** A published rate beside the row of its scope that is in use; a row without rates where the scope had no price until now. */
interface Comparison {
  readonly rate: PublishedRate;
  readonly row: RawRow;
  /** What the shipped catalogue says, by kind: a rate that agrees with it is applied, however far it moved. */
  readonly shippedRates: Readonly<Record<string, string>>;
  /** What the model costs in other Regions, tiers and routings, by kind. */
  readonly relatedRates: Readonly<Record<string, readonly string[]>>;
  /** Whether someone looked at the prices that moved too far, and accepted them. Prices of zero are not accepted by this. */
  readonly acceptQuarantined: boolean;
}

export interface Judged {
  readonly rate: PublishedRate;
  readonly verdict: Verdict;
}

interface Rule {
  readonly holds: (comparison: Comparison) => boolean;
  readonly verdict: Verdict;
}

const quarantined = (reason: string): Verdict => ({ state: 'quarantined', reason });

/** In order of precedence: the first rule that holds decides. docs/price-refresh.md lists those that quarantine. */
const RULES: readonly Rule[] = [
  { holds: isFreeForTheFirstTime, verdict: quarantined('a price of zero is not believed') },
  { holds: isNewAndUnlikeAllOthers, verdict: quarantined('more than five times away from every other price of the model') },
  { holds: hasNoPriceYet, verdict: { state: 'added' } },
  { holds: hasTheSamePrice, verdict: { state: 'unchanged' } },
  { holds: isRejectedForAReason, verdict: quarantined('the catalogue gives a reason for its own price') },
  { holds: isOutsideThePeriodOfTheRow, verdict: quarantined('the catalogue has a later price') },
  { holds: isAccepted, verdict: { state: 'changed' } },
  { holds: movedTooFar, verdict: quarantined('moved by more than five times') },
];

/** The verdicts on the rates of one scope. A scope that had no price until now gets a whole row or none. */
export function judgeRates(rates: readonly PublishedRate[], known: Omit<Comparison, 'rate'>): Judged[] {
  const judged = rates.map((rate) => ({ rate, verdict: judge({ ...known, rate }) }));
  const reason = Object.keys(known.row.rates).length === 0 ? whyNoRow(judged) : undefined;
  return reason === undefined
    ? judged
    : judged.map(({ rate, verdict }) => ({ rate, verdict: verdict.state === 'added' ? reason : verdict }));
}

function judge(comparison: Comparison): Verdict {
  return RULES.find(({ holds }) => holds(comparison))?.verdict ?? { state: 'changed' };
}

/** Half a row would take the place of a whole one of another tier, and a row of zeros would make calls free. */
function whyNoRow(judged: readonly Judged[]): Verdict | undefined {
  if (judged.some(({ rate, verdict }) => verdict.state === 'quarantined' && ['input', 'output'].includes(rate.kind))) {
    return quarantined('the input or the output of the same row is not believed');
  }
  const hasPrice = judged.some(({ rate: { kind, rate }, verdict }) => verdict.state === 'added' && parseRate(kind, rate) > 0n);
  return hasPrice ? undefined : quarantined('cache writes of zero alone are no price');
}

/** The Price List has rows of 0.00 that are placeholders. Those of cache writes are true: Nova does not bill them. */
function isFreeForTheFirstTime({ rate: { kind, rate }, row, shippedRates }: Comparison): boolean {
  const isFree = (text: string | undefined): boolean => text !== undefined && parseRate(kind, text) === 0n;
  return isFree(rate) && !isCacheWrite(kind) && !isFree(row.rates[kind]) && !isFree(shippedRates[kind]);
}

function isCacheWrite(kind: string): boolean {
  return CACHE_WRITES.some((write) => write === kind);
}

/** A unit that was misread makes a price a thousand times too high or too low; in the catalogue no price is that lonely. */
function isNewAndUnlikeAllOthers(comparison: Comparison): boolean {
  const { rate, relatedRates, shippedRates, acceptQuarantined } = comparison;
  const price = parseRate(rate.kind, rate.rate);
  const related = (relatedRates[rate.kind] ?? []).map((text) => parseRate(rate.kind, text)).filter((other) => other > 0n);
  if (!hasNoPriceYet(comparison) || acceptQuarantined || shippedRates[rate.kind] === rate.rate || price === 0n) return false;
  return related.length > 0 && related.every((other) => areFarApart(price, other));
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
  return areFarApart(before, after);
}

function areFarApart(one: bigint, other: bigint): boolean {
  return one > other * MAX_FACTOR || other > one * MAX_FACTOR;
}

function prices({ rate: { kind, rate }, row }: Comparison): { readonly before: bigint; readonly after: bigint } {
  return { before: parseRate(kind, row.rates[kind]!), after: parseRate(kind, rate) };
}
