import type { Quote, Usage } from '../pricing/types';
import type { Call, UnusableRecord } from '../records/call';
import type { Duplicates } from './duplicates';
import { readName } from '../records/json';
import { UnitPrices, type Prices } from './unit-prices';
import { contextTokens, isZero, withoutCachedInput } from '../records/record-usage';

/** The one state in which a record ends. */
export type Status = 'priced' | 'unpriced' | 'ignored' | 'malformed';

/** A call and what became of it. */
export interface RatedCall {
  readonly status: Status;
  readonly reason?: string;
  readonly call: Call;
  /** False for the copies of a call: they are no calls of their own. */
  readonly counts: boolean;
  /** The tokens, with cached ones out of `input` in every family. Absent when the record does not tell. */
  readonly usage?: Usage;
  readonly unitPrices?: UnitPrices;
}

const QUOTES = 10_000;

/** Decides about each call: a copy, without a cost, without a price, or priced. */
export class Rater {
  private readonly unitPricesByQuote = new Map<Quote, UnitPrices>();

  /**
   * @param profiles the model or profile behind each application inference profile, by ARN
   */
  constructor(
    private readonly prices: Prices,
    private readonly seen: Duplicates,
    private readonly profiles: ReadonlyMap<string, string> = new Map(),
  ) {}

  public rate(call: Call): RatedCall {
    const { usage, errorCode, requestId } = call;
    const consumed = usage !== undefined && !isZero(usage);
    if (usage !== undefined && !consumed && isZeroRecord(call)) {
      const known = requestId !== undefined && this.seen.has(requestId);
      return { status: 'ignored', reason: known ? 'duplicate' : 'zeroRecord', call, counts: false };
    }
    if (requestId !== undefined && !this.isNew(requestId, consumed)) {
      return { status: 'ignored', reason: 'duplicate', call, counts: false };
    }
    if (!consumed && errorCode !== undefined) {
      return { status: 'ignored', reason: `error:${readName(errorCode) ?? 'other'}`, call, counts: true };
    }
    if (usage === undefined) {
      const blocked = call.facts?.guardrail === 'INTERVENED';
      return { status: blocked ? 'ignored' : 'unpriced', reason: blocked ? 'guardrail' : 'noCounters', call, counts: true };
    }
    return this.price(call, usage);
  }

  private price(call: Call, told: Usage): RatedCall {
    let usage = told;
    let quote = this.quote(call, usage);
    if (quote.resolved.model?.startsWith('openai.')) {
      usage = withoutCachedInput(told);
      quote = usage === told ? quote : this.quote(call, usage);
    }
    const unitPrices = this.unitPricesFor(quote);
    if (quote.unpriced !== undefined) {
      return { status: 'unpriced', reason: quote.unpriced, call, counts: true, usage, unitPrices };
    }
    const missing = unitPrices.missing(usage);
    return missing
      ? { status: 'unpriced', reason: `no price for ${missing.join(', ')}`, call, counts: true, usage, unitPrices }
      : { status: 'priced', reason: undefined, call, counts: true, usage, unitPrices };
  }

  private quote(call: Call, usage: Usage): Quote {
    return this.prices.quote({
      modelId: this.profiles.size > 0 ? (this.profiles.get(call.modelId) ?? call.modelId) : call.modelId,
      region: call.region,
      tier: call.tier,
      timestamp: call.time,
      contextTokens: contextTokens(usage),
      spec: call.facts?.spec,
    });
  }

  private unitPricesFor(quote: Quote): UnitPrices {
    let unitPrices = this.unitPricesByQuote.get(quote);
    if (!unitPrices) {
      if (this.unitPricesByQuote.size >= QUOTES) {
        this.unitPricesByQuote.clear();
      }
      unitPrices = new UnitPrices(this.prices, quote);
      this.unitPricesByQuote.set(quote, unitPrices);
    }
    return unitPrices;
  }

  /** A record without consumption (an error, a blocked call) never hides the one with it. */
  private isNew(requestId: string, consumed: boolean): boolean {
    return consumed ? this.seen.add(requestId) : !this.seen.has(requestId) && this.seen.add(`${requestId} empty`);
  }
}

/**
 * Streams have been seen to write a record of zeros before the real one. Without a body it cannot be told from a stream that
 * a guardrail blocked before the first token; both cost nothing.
 */
function isZeroRecord(call: Call): boolean {
  return call.errorCode === undefined && call.facts === undefined && (call.operation?.includes('Stream') ?? false);
}

/** A record that is not a call has been decided by the parser. */
export const isCall = (parsed: Call | UnusableRecord): parsed is Call => parsed.kind === 'call';
