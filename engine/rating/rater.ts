import type { Quote, Usage } from '../pricing/types';
import type { Call, NoCall } from '../records/call';
import type { Duplicates } from './duplicates';
import { word } from '../records/json';
import { Tariff, type Prices } from './unit-prices';
import { contextTokens, isZero, withoutCachedInput } from '../records/record-usage';

/** The one state in which a record ends. */
export type Status = 'priced' | 'unpriced' | 'ignored' | 'poison';

/** A call and what became of it. */
export interface Settled {
  readonly status: Status;
  readonly reason?: string;
  readonly call: Call;
  /** False for the copies of a call: they are no calls of their own. */
  readonly counts: boolean;
  /** The tokens, with cached ones out of `input` in every family. Absent when the record does not tell. */
  readonly usage?: Usage;
  readonly tariff?: Tariff;
}

const QUOTES = 10_000;

/** Decides about each call: a copy, without a cost, without a price, or priced. */
export class Settler {
  private readonly tariffs = new Map<Quote, Tariff>();

  /**
   * @param profiles the model or profile behind each application inference profile, by ARN
   */
  constructor(
    private readonly prices: Prices,
    private readonly seen: Duplicates,
    private readonly profiles: ReadonlyMap<string, string> = new Map(),
  ) {}

  public settle(call: Call): Settled {
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
      return { status: 'ignored', reason: `error:${word(errorCode) ?? 'other'}`, call, counts: true };
    }
    if (usage === undefined) {
      const blocked = call.facts?.guardrail === 'INTERVENED';
      return { status: blocked ? 'ignored' : 'unpriced', reason: blocked ? 'guardrail' : 'noCounters', call, counts: true };
    }
    return this.price(call, usage);
  }

  private price(call: Call, told: Usage): Settled {
    let usage = told;
    let quote = this.quote(call, usage);
    if (quote.resolved.model?.startsWith('openai.')) {
      usage = withoutCachedInput(told);
      quote = usage === told ? quote : this.quote(call, usage);
    }
    const tariff = this.tariff(quote);
    if (quote.unpriced !== undefined) {
      return { status: 'unpriced', reason: quote.unpriced, call, counts: true, usage, tariff };
    }
    const missing = tariff.missing(usage);
    return missing
      ? { status: 'unpriced', reason: `no price for ${missing.join(', ')}`, call, counts: true, usage, tariff }
      : { status: 'priced', reason: undefined, call, counts: true, usage, tariff };
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

  private tariff(quote: Quote): Tariff {
    let tariff = this.tariffs.get(quote);
    if (!tariff) {
      if (this.tariffs.size >= QUOTES) {
        this.tariffs.clear();
      }
      tariff = new Tariff(this.prices, quote);
      this.tariffs.set(quote, tariff);
    }
    return tariff;
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
export const isCall = (parsed: Call | NoCall): parsed is Call => parsed.kind === 'call';
