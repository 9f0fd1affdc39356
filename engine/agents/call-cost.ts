import type { PicoUsd, Quote, Usage } from '../pricing/types';
import { UnitPrices, type Prices } from '../rating/unit-prices';
import type { CountedCall } from './counted';
import type { Join } from './join';
import { scopeFacts } from './scopes';
import { BEDROCK, type SpanTokens } from './span';
import type { SpanModels } from './span-models';

/** What a counted call costs, and how well that is known. */
export interface CallCost {
  /**
   * `priced`; `unpriced` where the cost cannot be known; `notBedrock` where another provider is paid; `free` where there was
   * nothing to pay, as for a call that failed.
   */
  readonly state: 'priced' | 'unpriced' | 'notBedrock' | 'free';
  /** Whether the cost is of the record of the call, or worked out from what its spans say. */
  readonly basis: 'ledger' | 'estimate';
  /** 0 unless priced. */
  readonly low: PicoUsd;
  readonly high: PicoUsd;
  readonly tokens?: SpanTokens;
  /** The name of the model as people say it, where it is known. */
  readonly modelName?: string;
  /** Why it has no price. */
  readonly reason?: string;
  readonly flags: readonly string[];
}

export interface CallPricerProps {
  readonly prices: Prices;
  readonly models: SpanModels;
  /** Taken where a span does not name its Region. */
  readonly region: string;
}

const NOTHING = { low: 0n, high: 0n, flags: [] } as const;

/** Finds out what counted calls cost. The record of a call decides where there is one; without, it is an estimate. */
export class CallPricer {
  private readonly unitPricesByQuote = new WeakMap<Quote, UnitPrices>();

  constructor(private readonly props: CallPricerProps) {}

  public cost(call: CountedCall, join: Join | undefined): CallCost {
    return join ? ofRecord(join) : this.estimate(call);
  }

  private estimate(call: CountedCall): CallCost {
    const { provider, tokens, failed, basis, model } = call;
    if (provider !== BEDROCK && provider !== 'unknown') return { state: 'notBedrock', basis: 'estimate', ...NOTHING, tokens };
    if (!tokens) {
      return failed
        ? { state: 'free', basis: 'estimate', ...NOTHING }
        : { state: 'unpriced', basis: 'estimate', ...NOTHING, reason: 'no span of the call has its tokens' };
    }
    if (model === undefined) return { state: 'unpriced', basis: 'estimate', ...NOTHING, tokens, reason: 'no span names the model' };
    const flags = basis === 'agent' ? ['agentSum'] : [];
    return this.priced(call, model, tokens, flags);
  }

  private priced(call: CountedCall, model: string, tokens: SpanTokens, flags: readonly string[]): CallCost {
    const { span, maybeCachedInput, provider } = call;
    const { ids, relaxed } = this.props.models.candidates(model, scopeFacts(span.scope).cutsRouting === true);
    const region = call.region ?? this.props.region;
    const quoted = ids.map((modelId) => this.quoted(modelId, region, span.start, call));
    const priced = quoted.filter(({ reason }) => reason === undefined);
    const all = [
      ...flags,
      ...(relaxed ? ['relaxed'] : []),
      ...(call.region === undefined ? ['regionAssumed'] : []),
      ...(provider === 'unknown' ? ['providerAssumed'] : []),
      ...(maybeCachedInput > 0 ? ['inputMayIncludeCache'] : []),
      ...(priced[0] ?? quoted[0])!.flags,
    ];
    const { modelName, reason } = quoted[0]!;
    if (priced.length === 0) return { state: 'unpriced', basis: 'estimate', ...NOTHING, tokens, modelName, reason, flags: all };
    return {
      state: 'priced',
      basis: 'estimate',
      low: priced.map(({ low }) => low).reduce((one, other) => (other < one ? other : one)),
      high: priced.map(({ high }) => high).reduce((one, other) => (other > one ? other : one)),
      tokens,
      modelName,
      flags: [...new Set(all)],
    };
  }

  private unitPricesOf(quote: Quote): UnitPrices {
    let unitPrices = this.unitPricesByQuote.get(quote);
    if (!unitPrices) this.unitPricesByQuote.set(quote, (unitPrices = new UnitPrices(this.props.prices, quote)));
    return unitPrices;
  }

  private quoted(modelId: string, region: string, time: number, { tokens, maybeCachedInput }: CountedCall) {
    const usage = usageOf(tokens!);
    const contextTokens = usage.input + usage.cacheRead + usage.cacheWrite;
    const query = { modelId, region, tier: 'standard', timestamp: time, contextTokens } as const;
    const quote = this.props.prices.quote(query);
    const unitPrices = this.unitPricesOf(quote);
    const missing = quote.unpriced === undefined ? unitPrices.missing(usage) : undefined;
    const reason = missing ? `no price for ${missing.join(', ')}` : quote.unpriced;
    const { low, high } = unitPrices.cost(usage);
    const modelName = quote.resolved.title;
    if (maybeCachedInput === 0) return { low, high, reason, modelName, flags: quote.flags };
    // With the cached tokens beside the input, the prompt is longer, and may be at the rates of long prompts.
    const longest = this.props.prices.quote({ ...query, contextTokens: contextTokens + maybeCachedInput });
    const most = this.props.prices.cost(longest.unpriced === undefined ? longest : quote, {
      ...usage,
      input: usage.input + maybeCachedInput,
    });
    return { low, high: most.high, reason, modelName, flags: quote.flags };
  }
}

function ofRecord({ record, by, uncertain }: Join): CallCost {
  const { cost, unpriced, tokens, modelName } = record;
  const flags = [
    ...record.flags,
    ...(by === 'requestId' ? [] : [`joinedBy${by === 'tokens' ? 'Tokens' : 'Time'}`]),
    ...(uncertain ? ['callerUncertain'] : []),
  ];
  const state = cost ? 'priced' : unpriced === undefined ? 'free' : 'unpriced';
  return {
    state,
    basis: 'ledger',
    low: cost?.low ?? 0n,
    high: cost?.high ?? 0n,
    tokens,
    modelName,
    flags,
    ...(unpriced !== undefined && { reason: unpriced }),
  };
}

/** Written out, because it is made for each call. */
const usageOf = ({ input, output, cacheRead, cacheWrite }: SpanTokens): Usage => ({
  input,
  output,
  cacheRead,
  cacheWrite,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
});
