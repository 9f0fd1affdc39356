import { POSSIBLE_INPUT } from '../pricing/kinds';
import { cachedTokens, contextTokens, NO_USAGE } from '../pricing/token-buckets';
import type { Quote, Usage } from '../pricing/types';
import type { Call } from '../records/call';
import type { EmbeddedPart } from '../records/dialect';
import { CombinedQuotes } from './combined-quotes';
import type { Prices } from './unit-prices';

/** The feature under which the price list has the units of guardrails. */
const GUARDRAILS = 'bedrock:guardrails';

/** A quote, and the usage in the disjoint buckets for which it has rates. */
export interface QuotedUsage {
  readonly quote: Quote;
  readonly usage: Usage;
}

/** Asks for the prices of a call: at every tier that may have served it, and for what it used beside its model. */
export class CallQuotes {
  private readonly combined = new CombinedQuotes();

  constructor(private readonly prices: Prices) {}

  public of(call: Call, recorded: Usage): QuotedUsage {
    const { usage, quote: ofModel } = this.ofModel(call, recorded);
    const quote = isOfUnknownModality(call, ofModel) ? this.combined.withFlag(ofModel, 'modalityUnknown') : ofModel;
    const { guardrailUnits, region, time } = call;
    if (guardrailUnits === undefined) {
      return { quote, usage };
    }
    const ofGuardrails = this.prices.quote({ modelId: GUARDRAILS, region, tier: 'standard', timestamp: time, contextTokens: 0 });
    return { quote: this.combined.sum(quote, ofGuardrails), usage: { ...usage, units: { ...usage.units, ...guardrailUnits } } };
  }

  /** Only the quote names the model, so what the model's family decides is known after the first. */
  private ofModel(call: Call, recorded: Usage): QuotedUsage {
    const quote = this.atItsTiers(call, recorded);
    if (call.embedded && quote.resolved.model?.startsWith(call.embedded.model)) {
      return { quote, usage: embedding(recorded, call.embedded) };
    }
    if (quote.resolved.model?.startsWith('openai.') !== true || cachedTokens(recorded) === 0) {
      return { quote, usage: recorded };
    }
    const usage = disjoint(recorded, call.inputHoldsCached);
    const ofUsage = usage === recorded ? quote : this.atItsTiers(call, usage);
    if (usage.units?.[POSSIBLE_INPUT] === undefined) {
      return { quote: ofUsage, usage };
    }
    // With the cached tokens beside the input, the prompt is longer, and may be at the rates of long prompts.
    return { quote: this.combined.withFlag(this.combined.range(ofUsage, quote), 'inputMayHoldCached'), usage };
  }

  private atItsTiers(call: Call, usage: Usage): Quote {
    const { modelId, region, tier, requestedTier, time, facts, invokedModel } = call;
    const query = { modelId, region, tier, timestamp: time, contextTokens: contextTokens(usage), spec: facts?.spec, invokedModel };
    const quote = this.prices.quote(query);
    return requestedTier === undefined ? quote : this.combined.range(quote, this.prices.quote({ ...query, tier: requestedTier }));
  }
}

/** Only a body says whether an embedding was of text, which is billed by tokens, or of an image, which is not. */
function isOfUnknownModality({ facts, usage }: Call, { resolved, rates }: Quote): boolean {
  return facts === undefined && resolved.hasOutput === false && 'image' in rates && 'input' in rates && !usage?.units;
}

/** One part is embedded by a request; its seconds are counted by the record. */
function embedding(usage: Usage, { bills, insteadOfTokens }: EmbeddedPart): Usage {
  const tokens = insteadOfTokens ? NO_USAGE : usage;
  const units = bills === 'perSecond' ? usage.units : { ...usage.units, [bills]: 1 };
  return { ...tokens, units };
}

/**
 * OpenAI counts cached tokens as input too. What Bedrock counts is disputed: github.com/maximhq/bifrost #6942 saw 4,995 input
 * tokens streamed and 2 not streamed for one prompt. Where the record does not say and the input could hold the cached
 * tokens, they are taken out and kept as input that may have been there.
 */
function disjoint(usage: Usage, inputHoldsCached: boolean | undefined): Usage {
  const cached = cachedTokens(usage);
  if (inputHoldsCached === false || usage.input < cached) {
    return usage;
  }
  const input = usage.input - cached;
  return inputHoldsCached ? { ...usage, input } : { ...usage, input, units: { ...usage.units, [POSSIBLE_INPUT]: cached } };
}
