import { isoDate } from '../calendar';
import type { PicoUsd } from '../pricing/types';
import { formatRoundedUsd } from '../pricing/usd-text';
import type { CallGroup, DigestFacts, DigestPeriod } from './digest-facts';

const TOP_CALLERS = 10;

export interface ModelLine {
  readonly model: string;
  readonly calls: number;
  readonly usd: string;
  /** Percent of the whole cost. */
  readonly share: number;
  /** Of the priced calls. Absent where there are none: unknown is not zero. */
  readonly usdPerCall?: string;
  readonly inputPerCall: number;
  readonly outputPerCall: number;
}

export interface CallerLine {
  readonly caller: string;
  readonly calls: number;
  readonly usd: string;
}

/** A summary of a period. Amounts are USD as text, rounded to a millionth, with two decimals at least. */
export interface Digest {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly usd: string;
  /** Percent by which the cost differs from that of the period before. */
  readonly change?: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly input: number;
  readonly output: number;
  /** All models, the most expensive first. */
  readonly models: readonly ModelLine[];
  /** The ten callers that spent most. */
  readonly callers: readonly CallerLine[];
  readonly unpriced: DigestFacts['unpriced'];
  readonly newPriceRows?: readonly string[];
  readonly ownCosts?: DigestFacts['ownCosts'];
}

export function digestOf(facts: DigestFacts, { from, until, timeZone }: DigestPeriod): Digest {
  const { groups, unpriced, failedCalls, usdBefore, newPriceRows, ownCosts } = facts;
  const models = totalsBy(({ model }) => model, groups);
  const callers = totalsBy(({ caller }) => caller, groups);
  const all = groups.reduce(plus, NO_CALLS);
  return {
    from: isoDate(from, timeZone),
    to: isoDate(until - 1, timeZone),
    timeZone,
    usd: usdText(all.usd),
    change: usdBefore ? percent(all.usd - usdBefore, usdBefore) : undefined,
    calls: all.calls,
    failedCalls,
    input: all.input,
    output: all.output,
    models: models.map(([model, total]) => modelLine(model, total, all.usd)),
    callers: callers.slice(0, TOP_CALLERS).map(([caller, { calls, usd }]) => ({ caller, calls, usd: usdText(usd) })),
    unpriced: [...unpriced].sort((a, b) => b.calls - a.calls || compare(a.model, b.model)),
    newPriceRows,
    ownCosts,
  };
}

function modelLine(model: string, { calls, priced, input, output, usd }: Total, all: PicoUsd): ModelLine {
  return {
    model,
    calls,
    usd: usdText(usd),
    share: all === 0n ? 0 : percent(usd, all),
    usdPerCall: priced === 0 ? undefined : usdText(usd / BigInt(priced)),
    inputPerCall: Math.round(input / calls),
    outputPerCall: Math.round(output / calls),
  };
}

type Total = Pick<CallGroup, 'calls' | 'priced' | 'input' | 'output' | 'usd'>;

const NO_CALLS: Total = { calls: 0, priced: 0, input: 0, output: 0, usd: 0n };

const plus = (total: Total, group: CallGroup): Total => ({
  calls: total.calls + group.calls,
  priced: total.priced + group.priced,
  input: total.input + group.input,
  output: total.output + group.output,
  usd: total.usd + group.usd,
});

/** Totals by a name, the most expensive first. */
function totalsBy(nameOf: (group: CallGroup) => string, groups: readonly CallGroup[]): Array<[name: string, total: Total]> {
  const totals = new Map<string, Total>();
  for (const group of groups) {
    const name = nameOf(group);
    totals.set(name, plus(totals.get(name) ?? NO_CALLS, group));
  }
  return [...totals].sort(([a, totalA], [b, totalB]) => Number(totalB.usd - totalA.usd) || compare(a, b));
}

/** With one decimal. */
const percent = (part: PicoUsd, whole: PicoUsd): number => Math.round(Number((1000n * part) / whole)) / 10;

const usdText = (amount: PicoUsd): string => formatRoundedUsd(amount, 6, 2);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
