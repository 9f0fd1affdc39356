import { isZero, NO_USAGE } from '../pricing/token-buckets';
import type { Quote, Usage } from '../pricing/types';
import type { Call } from '../records/call';
import { readName } from '../records/json';
import { CallQuotes } from './call-quotes';
import { CountedCalls, type CountedAs } from './counted-calls';
import type { Duplicates } from './duplicates';
import { UnitPrices, type Prices } from './unit-prices';

/** The one state in which a record ends. */
export type Status = 'priced' | 'unpriced' | 'ignored' | 'malformed';

/** A call, and whether and at which prices it is charged. */
export interface RatedCall {
  readonly status: Status;
  readonly reason?: string;
  readonly call: Call;
  /** False for records that say nothing new: copies, and records of zeros before the real one. */
  readonly counts: boolean;
  /** What an earlier record of the same call was counted as. The call is counted then, whatever this record adds to it. */
  readonly before?: CountedAs;
  /** The tokens, with cached ones out of `input` in every family. Absent where the record does not say. */
  readonly usage?: Usage;
  readonly unitPrices?: UnitPrices;
}

/** Decides about each call, in this order: a copy, without consumption, without a price, or priced. */
export class Rater {
  /** Equal queries get the same quote, so most calls find their unit prices here. */
  private readonly unitPricesByQuote = new WeakMap<Quote, UnitPrices>();
  private readonly counted: CountedCalls;
  private readonly quotes: CallQuotes;

  constructor(
    private readonly prices: Prices,
    seen: Duplicates,
  ) {
    this.counted = new CountedCalls(seen);
    this.quotes = new CallQuotes(prices);
  }

  public rate(call: Call): RatedCall {
    const { errorCode } = call;
    const hasOtherUnits = isBilledByOtherUnits(call);
    const usage = countedUsage(call) ?? (hasOtherUnits ? NO_USAGE : undefined);
    const consumed = hasOtherUnits || (usage !== undefined && !isZero(usage));
    if (isZeroRecord(call, consumed)) {
      return ignored(call, this.counted.hasConsumed(call) ? 'duplicate' : 'zeroRecord');
    }
    const before = this.counted.add(call, consumed);
    if (before === 'copy') {
      return ignored(call, 'duplicate');
    }
    if (!consumed && errorCode !== undefined) {
      return { status: 'ignored', reason: `error:${readName(errorCode) ?? 'other'}`, call, counts: true, before };
    }
    if (usage === undefined) {
      return isBlocked(call)
        ? { status: 'ignored', reason: 'guardrail', call, counts: true, before }
        : { status: 'unpriced', reason: 'noCounters', call, counts: true, before };
    }
    return this.price(call, usage, before);
  }

  private price(call: Call, recordedUsage: Usage, before: CountedAs | undefined): RatedCall {
    const { quote, usage } = this.quotes.of(call, recordedUsage);
    const unitPrices = this.unitPricesFor(quote);
    const reason = quote.unpriced ?? whyNotCounted(call, usage, quote) ?? missing(unitPrices, usage);
    return { status: reason === undefined ? 'priced' : 'unpriced', reason, call, counts: true, before, usage, unitPrices };
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

/** A call that failed and has no count of output used nothing. */
const countedUsage = ({ usage, errorCode, lacksOutput }: Call): Usage | undefined =>
  errorCode !== undefined && lacksOutput ? undefined : usage;

/** A blocked call and an embedded image need no token counts: they are billed by units that are read with the price. */
const isBilledByOtherUnits = (call: Call): boolean =>
  call.embedded === undefined ? call.guardrailUnits !== undefined && isBlocked(call) : call.errorCode === undefined;

/**
 * Counts that say less than all: no output tokens of a model that makes some, or nothing at all of a model that makes none,
 * whose images, seconds or queries the record does not count.
 */
function whyNotCounted(call: Call, usage: Usage, { resolved, rates }: Quote): 'noCounters' | undefined {
  if (resolved.hourly) {
    return undefined;
  }
  const hasOutput = resolved.hasOutput ?? 'output' in rates;
  const isCounted = call.usage === undefined ? isBlocked(call) : call.lacksOutput !== true;
  return (hasOutput ? isCounted : !isZero(usage)) ? undefined : 'noCounters';
}

function missing(unitPrices: UnitPrices, usage: Usage): string | undefined {
  const kinds = unitPrices.missing(usage);
  return kinds && `no price for ${kinds.join(', ')}`;
}

const ignored = (call: Call, reason: string): RatedCall => ({ status: 'ignored', reason, call, counts: false });

const isBlocked = ({ facts }: Call): boolean => facts?.guardrail === 'INTERVENED';
