import fc from 'fast-check';
import type { SortedOffers, OfferedRate } from '../../../engine/price-list/offer-sorter';
import { regionsOf } from '../../../engine/price-list/price-scope';
import { merge } from '../../../engine/price-list/merge';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { formatRate, parseRate } from '../../../engine/pricing/usd-text';
import { problemsOf } from '../../../engine/pricing/catalogue-problems';
import type { RawRow } from '../../../engine/pricing/price-row';
import type { Tier } from '../../../engine/pricing/types';
import { cases } from '../../cases';

const builtIn = Catalogue.builtIn();
const TODAY = '2026-11-21';

/** The current prices of a Region as the price list would publish them, each moved a little or not at all. */
function published(region: string, seed: number): OfferedRate[] {
  const rows = builtIn
    .lines<RawRow>('price')
    .filter((row) => regionsOf(row, builtIn).includes(region) && !row.until && (row.from ?? '') <= TODAY);
  // Specs other than a commitment are not in the price list.
  const readable = rows.filter(({ spec, tier }) => Object.keys(spec ?? {}).every((axis) => axis === 'commitment') && tier !== 'reserved');
  return readable.flatMap((row, at) =>
    Object.entries(row.rates).map(([kind, rate]) => ({
      service: 'AmazonBedrock' as const,
      model: row.price,
      routing: row.routing as 'regional',
      tier: row.tier as Tier,
      longContext: row.context !== undefined && !row.context.startsWith('0-'),
      ...(row.spec && { spec: row.spec }),
      kind,
      rate: (at + seed) % 3 === 0 ? formatRate(kind, (parseRate(kind, rate) * 6n) / 5n) : rate,
      effective: '2026-11-01',
      mantle: false,
      usagetype: 'test',
    })),
  );
}

const offers = (rates: readonly OfferedRate[]): SortedOffers => ({
  published: { AmazonBedrock: '2026-11-10' },
  rates,
  priced: { AmazonBedrock: rates.length },
  excluded: {},
  unclassified: [],
  contradictions: [],
});

const regions = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-northeast-1', 'us-gov-west-1'];

test('whatever is published, the new catalogue is sound, quotes what was published, and is stable', () => {
  fc.assert(
    fc.property(fc.constantFrom(...regions), fc.nat(5), fc.integer({ min: 1, max: 7 }), (region, seed, every) => {
      const rates = published(region, seed).filter((_, at) => at % every === 0);
      const props = { builtIn, region, today: TODAY, acceptQuarantined: true };
      const merged = merge(props, offers(rates));
      expect(problemsOf(merged.text)).toEqual([]);

      const stored = Catalogue.fromText(merged.text);
      const again = merge({ ...props, stored }, offers(rates));
      expect({ changed: again.changed, added: again.added }).toEqual({ changed: [], added: [] });

      const engine = new PriceEngine({ catalogue: stored });
      const different = rates.filter(({ model, routing, tier, longContext, spec, kind, rate }) => {
        const { rates: quoted } = engine.quote({
          modelId: routing === 'global' ? `global.${model}` : model,
          region,
          tier,
          timestamp: Date.parse(TODAY),
          contextTokens: longContext ? 300_000 : 1,
          spec,
        });
        return quoted[kind] !== parseRate(kind, rate);
      });
      // The catalogue has prices of its own that began later than the first of November, and keeps them.
      expect(different.length).toBe(merged.quarantined.length);
    }),
    { numRuns: cases(3, 15) },
  );
});

test('a row whose rates come from two offers names both and is as old as the older one', () => {
  const novaMicro = published('us-east-1', 1).filter(({ model, tier, routing }) =>
    [model, tier, routing].every((value) => ['amazon.nova-micro-v1:0', 'standard', 'regional'].includes(value)),
  );
  const rates = novaMicro.map((rate) => (rate.kind === 'input' ? { ...rate, service: 'AmazonBedrockService' as const } : rate));
  const days = { AmazonBedrock: '2026-11-10', AmazonBedrockService: '2026-11-03' };

  const { text } = merge({ builtIn, region: 'us-east-1', today: TODAY, acceptQuarantined: false }, { ...offers(rates), published: days });

  const row = Catalogue.fromText(text)
    .raw('amazon.nova-micro-v1:0')
    .find(({ tier, routing, regions, until }) => tier === 'standard' && routing === 'regional' && regions.includes('us-east-1') && !until);
  expect(row).toMatchObject({ asOf: '2026-11-03', grade: 'A' });
  expect(row?.sources).toEqual(
    expect.arrayContaining(['read:AmazonBedrock:us-east-1:2026-11-10', 'read:AmazonBedrockService:us-east-1:2026-11-03']),
  );
});
