import type { RecordedCall } from '../../../engine/agents/recorded-call';
import { type Runs, runsOf } from '../../../engine/agents/runs';
import type { Span } from '../../../engine/agents/span';
import { SpanModels } from '../../../engine/agents/span-models';
import { Catalogue, type ModelInfo } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { BEGIN, SONNET } from './spans';

const ids = Catalogue.builtIn()
  .lines<ModelInfo>('model')
  .map(({ model }) => model);

export const models = new SpanModels(ids);
export const prices = new PriceEngine();
const PRICING = { prices, models, region: 'us-east-1' };

export const runs = (spans: readonly Span[], records: readonly RecordedCall[] = []): Runs => runsOf(spans, records, PRICING);

/** A call as the ledger has it, one second after the beginning unless told otherwise. */
export const recorded = (more: Partial<RecordedCall> = {}): RecordedCall => ({
  ...{ time: BEGIN, modelId: SONNET, caller: 'arn:aws:iam::111122223333:role/app', failed: false, flags: [] },
  tokens: { input: 14, output: 60, cacheRead: 0, cacheWrite: 0 },
  cost: { low: 5_000n, high: 5_000n },
  ...more,
});
