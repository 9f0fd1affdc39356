import type { AgentConfig } from '../../engine/agents/metering/agent-config';
import type { CallPricerProps } from '../../engine/agents/call-cost';
import { SpanModels } from '../../engine/agents/span-models';
import { Catalogue, type ModelInfo } from '../../engine/pricing/catalogue';
import { LookUps } from './look-ups';
import { newPrices, type NewPricesProps } from './new-prices';

/** Prices for what spans say, and what is to be awaited before each batch. */
export interface SpanPricing {
  readonly pricing: CallPricerProps;
  readonly prepare: (now: number) => Promise<void>;
}

export function newSpanPricing(config: AgentConfig, loadReader: NewPricesProps['loadReader']): SpanPricing {
  const { catalogue, overrides, region } = config;
  const lookUps = new LookUps(config.lookUpMs);
  const prices = newPrices({ catalogue, overrides, lookUps, loadReader });
  const models = new SpanModels(
    Catalogue.builtIn()
      .lines<ModelInfo>('model')
      .map(({ model }) => model),
  );
  const prepare = async (now: number): Promise<void> => {
    lookUps.begin();
    await prices.prepare?.(now);
  };
  return { pricing: { prices, models, region }, prepare };
}
