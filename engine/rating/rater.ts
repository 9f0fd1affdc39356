import { contextTokens, isZero } from '../pricing/token-buckets';
import type { Quote, Usage } from '../pricing/types';
import type { Call } from '../records/call';
import { readName } from '../records/json';
import { withoutCachedInput } from '../records/record-usage';
import type { Duplicates } from './duplicates';
import { UnitPrices, type Prices } from './unit-prices';

/** The one state in which a record ends. */
export type Status = 'priced' | 'unpriced' | 'ignored' | 'malformed';

/** A call, and whether and at which prices it is charged. */
export interface RatedCall {
  readonly status: Status;
  readonly reason?: string;
  readonly call: Call;
  /** False for records that are no calls of their own: copies, and records of zeros before the real one. */
  readonly counts: boolean;
  /** The tokens, with cached ones out of `input` in every family. Absent where the record does not say. */
  readonly usage?: Usage;
  readonly unitPrices?: UnitPrices;
}

/** Decides about each call, in this order: a copy, without consumption, without a price, or priced. */
export class Rater {
  /** Equal queries get the same quote, so most calls find their unit prices here. */
  private readonly unitPricesByQuote = new WeakMap<Quote, UnitPrices>();

  constructor(
    private readonly prices: Prices,
    private readonly seen: Duplicates,
  ) {}

  public rate(call: Call): RatedCall {
    const { usage, errorCode } = call;
    const consumed = usage !== undefined && !isZero(usage);
    const notACall = this.whyNotACall(call, consumed);
    if (notACall !== undefined) {
      return { status: 'ignored', reason: notACall, call, counts: false };
    }
    if (!consumed && errorCode !== undefined) {
      return { status: 'ignored', reason: `error:${readName(errorCode) ?? 'other'}`, call, counts: true };
    }
    if (usage === undefined) {
      return isBlocked(call)
        ? { status: 'ignored', reason: 'guardrail', call, counts: true }
        : { status: 'unpriced', reason: 'noCounters', call, counts: true };
    }
    return this.price(call, usage);
  }

  private whyNotACall(call: Call, consumed: boolean): 'duplicate' | 'zeroRecord' | undefined {
    const { requestId } = call;
    if (isZeroRecord(call, consumed)) {
      return requestId !== undefined && this.seen.has(requestId) ? 'duplicate' : 'zeroRecord';
    }
    return requestId !== undefined && !this.isNew(requestId, consumed) ? 'duplicate' : undefined;
  }

  /** Empty and priced records of one request are remembered apart, so an empty first record does not suppress the priced one. */
  private isNew(requestId: string, consumed: boolean): boolean {
    return consumed ? this.seen.add(requestId) : !this.seen.has(requestId) && this.seen.add(`${requestId} empty`);
  }

  private price(call: Call, recordedUsage: Usage): RatedCall {
    const { quote, usage } = this.quote(call, recordedUsage);
    const unitPrices = this.unitPricesFor(quote);
    const missing = quote.unpriced === undefined ? unitPrices.missing(usage) : undefined;
    const reason = missing ? `no price for ${missing.join(', ')}` : quote.unpriced;
    return { status: reason === undefined ? 'priced' : 'unpriced', reason, call, counts: true, usage, unitPrices };
  }

  /** The quote, and the usage in disjoint buckets. Only the quote names the model, so its family is known after the first. */
  private quote(call: Call, recordedUsage: Usage): { quote: Quote; usage: Usage } {
    const quote = this.quoteFor(call, recordedUsage);
    const usage = quote.resolved.model?.startsWith('openai.') ? withoutCachedInput(recordedUsage) : recordedUsage;
    return { quote: usage === recordedUsage ? quote : this.quoteFor(call, usage), usage };
  }

  private quoteFor({ modelId, region, tier, time, facts }: Call, usage: Usage): Quote {
    return this.prices.quote({ modelId, region, tier, timestamp: time, contextTokens: contextTokens(usage), spec: facts?.spec });
  }

  private unitPricesFor(quote: Quote): UnitPrices {
    let unitPrices = this.unitPricesByQuote.get(quote);
    if (!unitPrices) {
      unitPrices = new UnitPrices(this.prices, quote);
      this.unitPricesByQuote.set(quote, unitPrices);
    }
    return unitPrices;
  }
}

/**
 * Streams have been seen to write a record of zeros before the real one (github.com/aws-samples/
 * sample-bedrock-spend-budget-guardrails). Without a body it looks like a stream that a guardrail blocked before the first
 * token; both cost nothing.
 */
function isZeroRecord({ usage, errorCode, facts, operation }: Call, consumed: boolean): boolean {
  return usage !== undefined && !consumed && errorCode === undefined && facts === undefined && (operation?.includes('Stream') ?? false);
}

const isBlocked = ({ facts }: Call): boolean => facts?.guardrail === 'INTERVENED';
