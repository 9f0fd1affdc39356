import { isoDate } from '../calendar';
import type { LeverText } from '../levers/levers';
import type { LeverSaving } from '../levers/lever-savings';
import type { PicoUsd } from '../pricing/types';
import { formatRoundedUsd } from '../pricing/usd-text';
import type { CallGroup, CallSums, DigestFacts, DigestPeriod } from './digest-facts';

/** Roles, and application inference profiles, that are named. */
const TOP = 10;

/** Calls as every part of a digest has them. */
interface CallsLine {
  /** All calls, as dashboards and `replay` count them. */
  readonly calls: number;
  /** Those among them that failed. */
  readonly failedCalls: number;
  /** Of the calls that have a price. Absent where there are calls that used something and none has one: unknown is not zero. */
  readonly usd?: string;
}

export interface ModelLine extends CallsLine {
  readonly model: string;
  /** Percent of the whole cost. Absent where the cost is. */
  readonly share?: number;
  /** Of the priced calls. Absent where there is none. */
  readonly usdPerCall?: string;
  /** Of the calls whose tokens are known. Absent where there is none, as the next is. */
  readonly inputPerCall?: number;
  readonly outputPerCall?: number;
}

interface CallerLine extends CallsLine {
  /** The role, or what else called. */
  readonly caller: string;
}

interface ProfileLine extends CallsLine {
  /** The ARN of the application inference profile. */
  readonly profile: string;
}

export interface SavingLine extends LeverText {
  /** Those for which it has a published price. */
  readonly calls: number;
  readonly usd: string;
  readonly savesUsd: string;
}

/** A summary of a period. Amounts are USD as text, rounded to a millionth (those of a call to a billionth), with two decimals at least. */
export interface Digest extends CallsLine {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  /** Percent by which the cost differs from that of the period before. */
  readonly change?: number;
  /** Absent where no call has a count of its tokens, as the next is. */
  readonly input?: number;
  readonly output?: number;
  /** All models, the most expensive first. */
  readonly models: readonly ModelLine[];
  /** The ten roles that spent most. */
  readonly callers: readonly CallerLine[];
  /** The ten application inference profiles that spent most. Empty where none was called. */
  readonly profiles: readonly ProfileLine[];
  readonly unpriced: DigestFacts['unpriced'];
  /** The way to make the same calls that would have saved most, and what it would have changed. */
  readonly largestSaving?: SavingLine;
  readonly newPriceRows?: readonly string[];
  readonly ownCosts?: DigestFacts['ownCosts'];
  /** The limits that were reached. Absent where none was. */
  readonly limits?: readonly string[];
}

export function digestOf(facts: DigestFacts, { from, until, timeZone }: DigestPeriod): Digest {
  const { total, models, callers, profiles, unpriced, usdBefore, largestSaving, newPriceRows, ownCosts, limits } = facts;
  const calls = callsLine(total);
  return {
    from: isoDate(from, timeZone),
    to: isoDate(until - 1, timeZone),
    timeZone,
    ...calls,
    change: calls.usd !== undefined && usdBefore ? percent(total.usd - usdBefore, usdBefore) : undefined,
    ...(hasUnknownTokens(total) ? {} : { input: total.input, output: total.output }),
    models: [...models].sort(byCost).map((model) => modelLine(model, total.usd)),
    callers: topOf(callers).map((caller) => ({ caller: caller.name, ...callsLine(caller) })),
    profiles: topOf(profiles).map((profile) => ({ profile: profile.name, ...callsLine(profile) })),
    unpriced: [...unpriced].sort((a, b) => b.calls - a.calls || compare(a.model, b.model) || compare(a.reason, b.reason)),
    largestSaving: largestSaving && savingLine(largestSaving),
    newPriceRows,
    ownCosts,
    limits: limits.length === 0 ? undefined : limits,
  };
}

const topOf = (groups: readonly CallGroup[]): CallGroup[] => [...groups].sort(byCost).slice(0, TOP);

const callsLine = ({ calls, failed, rated, priced, usd }: CallSums): CallsLine => ({
  calls,
  failedCalls: failed,
  ...(rated > 0 && priced === 0 ? {} : { usd: usdText(usd) }),
});

function modelLine(model: CallGroup, all: PicoUsd): ModelLine {
  const { name, priced, counted, input, output, usd } = model;
  const cost = priced === 0 ? {} : { share: all === 0n ? 0 : percent(usd, all), usdPerCall: usdText(usd / BigInt(priced), 9) };
  const usage = counted === 0 ? {} : { inputPerCall: Math.round(input / counted), outputPerCall: Math.round(output / counted) };
  return { model: name, ...callsLine(model), ...cost, ...usage };
}

/** Where nothing was used, no tokens were; where something was and no call has a count, they are unknown. */
const hasUnknownTokens = ({ rated, counted }: CallSums): boolean => rated > 0 && counted === 0;

const savingLine = ({ now, saves, ...saving }: LeverSaving): SavingLine => ({ ...saving, usd: usdText(now), savesUsd: usdText(saves) });

/** The most expensive first, then those with most calls. */
const byCost = (a: CallGroup, b: CallGroup): number => Number(b.usd - a.usd) || b.calls - a.calls || compare(a.name, b.name);

/** With one decimal. */
const percent = (part: PicoUsd, whole: PicoUsd): number => Math.round(Number((1000n * part) / whole)) / 10;

const usdText = (amount: PicoUsd, decimals = 6): string => formatRoundedUsd(amount, decimals, 2);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
