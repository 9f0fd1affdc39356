import { PriceList } from '../../../engine/price-list/price-list';
import { refresh, type Refreshed, type RefreshProps } from '../../../engine/price-list/refresh';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { FakePriceList } from './fake-price-list';

export const SONNET = 'anthropic.claude-sonnet-4-6';
export const INPUT = 'USE1-MP:USE1_InputTokenCount-Units';
export const MODELS = 'AmazonBedrockFoundationModels';
export const TODAY = '2026-11-21';

/** Refreshes from a price list of its own; what a run makes is stored for the next one. */
export class Refresher {
  readonly list = new FakePriceList();
  stored: string | undefined;

  async run(options: Partial<RefreshProps> = {}): Promise<Refreshed> {
    const priceList = new PriceList('https://prices.example.com', this.list.fetch);
    const { stored } = this;
    const refreshed = await refresh({ priceList, region: 'us-east-1', today: TODAY, builtIn: Catalogue.builtIn(), stored, ...options });
    this.stored = refreshed.text;
    return refreshed;
  }
}
