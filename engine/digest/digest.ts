import { isoDate } from '../calendar';
import type { PicoUsd } from '../pricing/types';
import { formatRoundedUsd } from '../pricing/usd-text';
import type { CallGroup, DigestFacts, DigestPeriod } from './digest-facts';

const TOP = 10;

export interface ModelLine {
  readonly model: string;
  readonly calls: number;
  readonly usd: string;
  /** Of the whole cost, in percent. */
  readonly share: number;
  readonly usdPerCall?: string;
  readonly inputPerCall: number;
  readonly outputPerCall: number;
}

export interface CallerLine {
  readonly caller: string;
  readonly calls: number;
  readonly usd: string;
}

/** A summary of a period. Amounts are decimals in USD, rounded to a millionth: exact enough to agree from wherever they come. */
export interface Digest {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly usd: string;
  /** Against the period before, in percent. */
  readonly change?: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly input: number;
  readonly output: number;
  readonly models: readonly ModelLine[];
  /** The ten callers that spent most. */
  readonly callers: readonly CallerLine[];
  readonly unpriced: DigestFacts['unpriced'];
  readonly newPriceRows?: readonly string[];
  readonly ownCosts?: DigestFacts['ownCosts'];
}

export function digestOf(facts: DigestFacts, { from, until, timeZone }: DigestPeriod): Digest {
  const { groups, unpriced, failedCalls, usdBefore, newPriceRows, ownCosts } = facts;
  const all = totalOf(groups);
  const change =
    usdBefore === undefined || usdBefore === 0n ? undefined : Math.round(Number((1000n * (all.usd - usdBefore)) / usdBefore)) / 10;
  return {
    from: isoDate(from, timeZone),
    to: isoDate(until - 1, timeZone),
    timeZone,
    usd: usdText(all.usd),
    change,
    calls: all.calls,
    failedCalls,
    input: all.input,
    output: all.output,
    models: grouped(groups, ({ model }) => model).map(([model, group]) => modelLine(model, totalOf(group), all.usd)),
    callers: grouped(groups, ({ caller }) => caller)
      .slice(0, TOP)
      .map(([caller, group]) => ({ caller, calls: totalOf(group).calls, usd: usdText(totalOf(group).usd) })),
    unpriced: [...unpriced].sort((a, b) => b.calls - a.calls || compare(a.model, b.model)),
    newPriceRows,
    ownCosts,
  };
}

type Total = Pick<CallGroup, 'calls' | 'priced' | 'input' | 'output' | 'usd'>;

function totalOf(groups: readonly CallGroup[]): Total {
  return groups.reduce<Total>(
    (sum, group) => ({
      calls: sum.calls + group.calls,
      priced: sum.priced + group.priced,
      input: sum.input + group.input,
      output: sum.output + group.output,
      usd: sum.usd + group.usd,
    }),
    { calls: 0, priced: 0, input: 0, output: 0, usd: 0n },
  );
}

function modelLine(model: string, { calls, priced, input, output, usd }: Total, all: PicoUsd): ModelLine {
  return {
    model,
    calls,
    usd: usdText(usd),
    share: all === 0n ? 0 : Math.round(Number((1000n * usd) / all)) / 10,
    // Of the priced calls: unknown is not zero.
    usdPerCall: priced === 0 ? undefined : usdText(usd / BigInt(priced)),
    inputPerCall: Math.round(input / calls),
    outputPerCall: Math.round(output / calls),
  };
}

/** By a name, the most expensive first. */
function grouped(groups: readonly CallGroup[], by: (group: CallGroup) => string): Array<[string, CallGroup[]]> {
  const found = new Map<string, CallGroup[]>();
  groups.forEach((group) => found.set(by(group), [...(found.get(by(group)) ?? []), group]));
  const usd = new Map([...found].map(([name, members]) => [name, totalOf(members).usd]));
  return [...found].sort(([a], [b]) => Number(usd.get(b)! - usd.get(a)!) || compare(a, b));
}

/** Rounded to a millionth, with two decimals at least. */
const usdText = (amount: PicoUsd): string => formatRoundedUsd(amount, 6, 2);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
