import { divideHalfEven } from '../pricing/divide-half-even';
import type { PicoUsd } from '../pricing/types';
import type { Cell, CellKey } from './cells';

/** Every kind of difference between our figures and the bill, in words. What is no drift is not what the meter has to count. */
export const DIFFERENCE_KINDS = {
  unseenSource: { isDrift: false, words: 'billed, and no invocation record says it' },
  lateRecords: { isDrift: false, words: 'counted on a neighbouring day: at midnight, or late' },
  unrecorded: { isDrift: true, words: 'calls on the bill without a record of ours' },
  unbilled: { isDrift: true, words: 'calls of ours that are not on the bill' },
  unpriced: { isDrift: true, words: 'calls of ours without a price' },
  discount: { isDrift: true, words: 'discounts that our prices do not have' },
  freeTier: { isDrift: true, words: 'billed at zero' },
  price: { isDrift: true, words: 'another price than ours' },
  openPrice: { isDrift: true, words: 'records that leave open which price holds' },
  rounding: { isDrift: true, words: 'rounding of the bill' },
  unclassified: { isDrift: true, words: 'usage types that are not understood' },
  unexplained: { isDrift: true, words: 'a bill without quantities does not say why' },
} as const;

export type DifferenceKind = keyof typeof DIFFERENCE_KINDS;

/** A part of the difference in one cell: positive where the bill is higher. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly amount: PicoUsd;
  readonly key: CellKey;
  /** What further is known: the source, the usage types, or the prices per million tokens, ours and billed. */
  readonly detail?: string;
}

/** Takes the difference of a cell apart. The parts add up to it exactly. */
export function differencesIn(cell: Cell, shifted: number, unitPrice: UnitPrice | undefined): Difference[] {
  const { key, ours, billed } = cell;
  const total = (billed?.amount ?? 0n) - (ours?.low ?? 0n);
  const late = shifted === 0 || !unitPrice ? 0n : times(unitPrice, shifted);
  const known = knownBefore(cell, total);
  const parts: readonly Part[] = known ?? [['lateRecords', late], ...restOf({ ours, billed }, shifted, unitPrice, total - late)];
  return withOneRounding(parts)
    .filter(([, amount]) => amount !== 0n)
    .map(([kind, amount, detail]) =>
      kind === 'unrecorded' && key.source !== undefined
        ? { kind: 'unseenSource', amount, key, detail: key.source }
        : { kind, amount, key, detail },
    );
}

/** The quantity of a cell can be rounded, and its amount: what is left of both is one part, and nothing where they cancel out. */
function withOneRounding(parts: readonly Part[]): Part[] {
  const rounding = parts.reduce((sum, [kind, amount]) => (kind === 'rounding' ? sum + amount : sum), 0n);
  return [...parts.filter(([kind]) => kind !== 'rounding'), ['rounding', rounding]];
}

/** What needs no comparison of quantities. */
function knownBefore({ ours, billed }: Cell, total: PicoUsd): Part[] | undefined {
  if (billed && !ours && billed.source !== undefined) return [['unseenSource', total, billed.source]];
  if (billed && !ours && !billed.isUnderstood) return [['unclassified', total, [...billed.usageTypes].sort().join(', ')]];
  return ours && ours.unpricedTokens > 0 && ours.low === 0n ? [['unpriced', total]] : undefined;
}

/** A price as a fraction of pico-dollars over tokens. */
export interface UnitPrice {
  readonly amount: PicoUsd;
  readonly tokens: number;
}

function times({ amount, tokens }: UnitPrice, count: number): PicoUsd {
  const size = divideHalfEven(
    (amount < 0n ? -amount : amount) * BigInt(Math.abs(Math.round(count))),
    BigInt(Math.max(1, Math.round(tokens))),
  );
  return count < 0 !== amount < 0n ? -size : size;
}

type Part = readonly [kind: DifferenceKind, amount: PicoUsd, detail?: string];

function restOf({ ours, billed }: Pick<Cell, 'ours' | 'billed'>, shifted: number, unitPrice: UnitPrice | undefined, rest: PicoUsd): Part[] {
  if (!billed) return [['unbilled', rest]];
  if (!ours) return [['unrecorded', rest]];
  if (billed.tokens === undefined || !unitPrice) return [[size(rest) <= billed.rounding ? 'rounding' : 'unexplained', rest]];

  const gap = billed.tokens - ours.tokens - shifted;
  const isRounded = Math.abs(gap) <= billed.tokenRounding;
  const ofQuantity = gap === 0 ? 0n : times(unitPrice, gap);
  const quantity: Part[] = [[isRounded ? 'rounding' : gap > 0 ? 'unrecorded' : 'unbilled', ofQuantity]];
  return [...quantity, ...priceParts({ ours, billed, tokens: billed.tokens }, unitPrice, rest - ofQuantity)];
}

interface BothSides {
  readonly ours: NonNullable<Cell['ours']>;
  readonly billed: NonNullable<Cell['billed']>;
  readonly tokens: number;
}

/** What is left when the quantities are the same. */
function priceParts({ ours, billed, tokens }: BothSides, unitPrice: UnitPrice, rest: PicoUsd): Part[] {
  const tolerance = billed.rounding + times({ ...unitPrice, amount: size(unitPrice.amount) }, billed.tokenRounding);
  if (size(rest) <= tolerance) return [['rounding', rest]];
  if (billed.amount === 0n && billed.gross === 0n && tokens > 0) return [['freeTier', rest]];
  if (rest > 0n && rest <= ours.high - ours.low + tolerance) return [['openPrice', rest]];
  const discount = billed.amount - billed.gross;
  const beforeDiscount = rest - discount;
  // With the discount among our own prices, the amount after it is the nearer one.
  if (discount !== 0n && size(beforeDiscount) < size(rest)) {
    return [
      ['discount', discount],
      ...(size(beforeDiscount) <= tolerance ? ([['rounding', beforeDiscount]] as Part[]) : priceOf(beforeDiscount)),
    ];
  }
  return priceOf(rest);

  function priceOf(amount: PicoUsd): Part[] {
    const prices = [unitPrice, { amount: discount === 0n ? billed.amount : billed.gross, tokens }].map(perMillion);
    return [['price', amount, `ours ${prices[0]}, billed ${prices[1]} a million`]];
  }
}

const size = (amount: PicoUsd): PicoUsd => (amount < 0n ? -amount : amount);

/** USD per million tokens, to four digits after the point. */
function perMillion(price: UnitPrice): string {
  const tenthsOfMilli = Number(times(price, 1_000_000)) / 1e12;
  return tenthsOfMilli.toFixed(4).replace(/\.?0+$/, '');
}
