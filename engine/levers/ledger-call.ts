import { LEDGER_LINE_START } from '../ledger/members';
import { contextTokens, NO_USAGE } from '../pricing/token-buckets';
import { TIERS, type Tier, type Usage } from '../pricing/types';
import type { Prices } from '../rating/unit-prices';
import { eventTime } from '../records/event-time';
import { readNumber, readObject, readText, type Json } from '../records/json';
import type { PricedCalls } from './priced-calls';
import { UnitPricesByQuote } from './unit-prices-by-quote';

/** A line of the ledger, with the price of today for its tokens where it had one. */
export interface LedgerCall {
  readonly id?: string;
  readonly time: number;
  readonly failed: boolean;
  readonly accountId?: string;
  readonly promptHash?: string;
  /** Absent where the call had no price, or has none in these prices. */
  readonly priced?: PricedCalls;
}

/** Reads lines of the ledger as calls that can be priced in another way. */
export class LedgerCallReader {
  private readonly unitPrices: UnitPricesByQuote;

  constructor(private readonly prices: Prices) {
    this.unitPrices = new UnitPricesByQuote(prices);
  }

  /** Undefined for any other text, and for records that could not be read. */
  public read(text: string): LedgerCall | undefined {
    const line = jsonOf(text);
    const time = eventTime(line?.time);
    if (!line || time === undefined || line.status === 'malformed') return undefined;
    return {
      id: readText(line.requestId) ?? readText(line.eventId),
      time,
      failed: line.errorCode !== undefined,
      accountId: readText(line.accountId),
      promptHash: readText(line.promptHash),
      priced: line.status === 'priced' ? this.pricedOf(line, time) : undefined,
    };
  }

  private pricedOf(line: Json, time: number): PricedCalls | undefined {
    const [modelId, region] = [pricedIdOf(line), readText(line.region)];
    if (modelId === undefined || region === undefined) return undefined;
    const tier = tierOf(line);
    const usage = usageOf(readObject(line.tokens));
    const context = contextTokens(usage);
    const quote = this.prices.quote({ modelId, region, tier, timestamp: time, contextTokens: context });
    if (quote.unpriced !== undefined || quote.flags.includes('hourlyCapacity')) return undefined;
    return { modelId, region, tier, time, calls: 1, contextTokens: context, usage, unitPrices: this.unitPrices.of(quote) };
  }
}

function jsonOf(text: string): Json | undefined {
  if (!text.startsWith(LEDGER_LINE_START)) return undefined;
  try {
    return readObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The model at its routing: an application inference profile, or a router, does not name it. */
function pricedIdOf(line: Json): string | undefined {
  const model = readText(line.model);
  return model === undefined ? readText(line.modelId) : line.routing === 'global' ? `global.${model}` : model;
}

const tierOf = ({ serviceTier }: Json): Tier => TIERS.find((tier) => tier === serviceTier) ?? 'standard';

function usageOf(tokens: Json | undefined): Usage {
  const count = (name: keyof typeof NO_USAGE): number => readNumber(tokens?.[name]) ?? 0;
  return {
    input: count('input'),
    cacheRead: count('cacheRead'),
    cacheWrite5m: count('cacheWrite5m'),
    cacheWrite1h: count('cacheWrite1h'),
    cacheWrite: count('cacheWrite'),
    output: count('output'),
  };
}
