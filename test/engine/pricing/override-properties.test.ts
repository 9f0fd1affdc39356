import * as fc from 'fast-check';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { PriceOverrides } from '../../../engine/pricing/price-overrides';
import type { PriceQuery, Quote, Tier } from '../../../engine/pricing/types';
import { formatRate } from '../../../engine/pricing/usd-text';
import { cases } from '../../cases';

interface Entry {
  readonly model: string;
  readonly newModel?: boolean;
  readonly rates: Readonly<Record<string, string>>;
  readonly routing?: string;
  readonly regions?: readonly string[];
  readonly tier?: string;
  readonly context?: string;
  readonly spec?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly until?: string;
}

const catalogue = Catalogue.builtIn();
const SONNET = 'anthropic.claude-sonnet-4-6';
const NOVA = 'amazon.nova-pro-v1:0';
const NEW = 'acme.foo-v1:0';
const IMPORTED = 'arn:aws:bedrock:us-east-1:111122223333:imported-model/abc';
const MODELS = [SONNET, NOVA, NEW, IMPORTED];

/**
 * On each axis, calls that tell every two conditions below apart. One set of calls lies inside another exactly where it does
 * so on each axis, so the engine's decisions can be checked by counting.
 */
const AXES: ReadonlyArray<{ readonly points: readonly unknown[]; readonly holds: (entry: Entry, point: never) => boolean }> = [
  { points: ['regional', 'global'], holds: ({ routing }, point: string) => routing === undefined || routing === point },
  {
    points: ['us-east-1', 'eu-west-1', 'ap-south-1'],
    holds: ({ regions }, point: string) => regions === undefined || regions.includes(point),
  },
  { points: ['standard', 'flex', 'batch'], holds: ({ tier = 'standard' }, point: string) => tier === point },
  {
    points: [0, 1, 200_000, 200_001],
    holds: ({ context = '0-' }, point: number) => {
      const [first, last] = context.split('-');
      return point >= Number(first) && (last === '' || point <= Number(last));
    },
  },
  {
    points: [undefined, 'standard', 'premium'],
    holds: ({ spec }, point?: string) => spec?.quality === undefined || spec.quality === point,
  },
  {
    points: ['2025-06-01', '2026-06-01', '2027-06-01', '2028-06-01'],
    holds: ({ from = '0', until = '9' }, point: string) => from <= point && point < until,
  },
];

const includes = (outer: Entry, inner: Entry): boolean =>
  AXES.every(({ points, holds }) => points.every((point) => !holds(inner, point as never) || holds(outer, point as never)));
const meet = (one: Entry, other: Entry): boolean =>
  AXES.every(({ points, holds }) => points.some((point) => holds(one, point as never) && holds(other, point as never)));
const contradict = (one: Entry, other: Entry): boolean =>
  one.model === other.model &&
  meet(one, other) &&
  includes(one, other) === includes(other, one) &&
  Object.entries(one.rates).some(([kind, rate]) => kind in other.rates && other.rates[kind] !== rate);

const either = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const entries: fc.Arbitrary<Entry[]> = fc.array(
  fc
    .record<Entry>(
      {
        model: either(...MODELS),
        rates: fc.dictionary(either('input', 'output', 'cacheRead'), either('1', '2', '3'), { minKeys: 1 }),
        routing: either('regional', 'global'),
        regions: either(['us-east-1'], ['eu-west-1'], ['us-east-1', 'eu-west-1']),
        tier: either('standard', 'flex', 'batch'),
        context: either('0-', '0-200000', '1-200000', '200001-'),
        spec: either({ quality: 'standard' }, { quality: 'premium' }),
        from: either('2026-01-01', '2027-01-01'),
        until: either('2026-01-01', '2028-01-01'),
      },
      { requiredKeys: ['model', 'rates'] },
    )
    .filter(({ from = '0', until = '9' }) => from < until)
    .map(({ routing, ...entry }) => ({
      ...entry,
      ...(routing !== undefined && entry.model !== IMPORTED && { routing }),
      ...((entry.model === NEW || entry.model === IMPORTED) && { newModel: true }),
    })),
  { minLength: 1, maxLength: 4 },
);

const idsOf = (model: string, routing: string): string[] => {
  if (model === IMPORTED) return [model];
  const geography = routing === 'global' ? 'global.' : 'us.';
  const bare = routing === 'global' ? [] : [model, `arn:aws:bedrock:us-east-1::foundation-model/${model}`];
  return [...bare, `${geography}${model}`, `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${geography}${model}`];
};

interface Call {
  readonly model: string;
  readonly routing: string;
  readonly query: PriceQuery;
}

const calls: fc.Arbitrary<Call> = fc
  .tuple(either(...MODELS), either('regional', 'global'), fc.nat(), ...AXES.slice(1).map(({ points }) => either(...points)))
  .map(([model, routing, form, region, tier, contextTokens, quality, day]) => {
    const ids = idsOf(model, routing);
    return {
      model,
      routing: model === IMPORTED ? 'regional' : routing,
      query: {
        modelId: ids[form % ids.length]!,
        region: region as string,
        tier: tier as Tier,
        contextTokens: contextTokens as number,
        timestamp: Date.parse(day as string),
        ...(quality !== undefined && { spec: { quality: quality as string } }),
      },
    };
  });

const covers = (entry: Entry, { model, routing, query }: Call, tier: string): boolean => {
  const day = new Date(query.timestamp).toISOString().slice(0, 10);
  const points = [routing, query.region, tier, query.contextTokens, query.spec?.quality, day];
  return entry.model === model && AXES.every(({ holds }, at) => holds(entry, points[at] as never));
};

/** The rate that the most specific entry sets for a kind of a call. */
const ownRate = (own: readonly Entry[], call: Call, tier: string, kind: string): string | undefined => {
  const naming = own.filter((entry) => kind in entry.rates && covers(entry, call, tier));
  return naming.find((entry) => naming.every((other) => other.rates[kind] === entry.rates[kind] || includes(other, entry)))?.rates[kind];
};

const ratesOf = ({ rates }: Quote): Record<string, string> =>
  Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, formatRate(kind, rate)]));

function engineWith(overrides: readonly Entry[], discounts: readonly object[] = []): PriceEngine | string {
  try {
    return new PriceEngine({ catalogue, overrides: PriceOverrides.fromJson(JSON.stringify({ overrides, discounts }), catalogue) });
  } catch (error) {
    return (error as Error).message;
  }
}

const DISCOUNTS = [{ provider: 'Anthropic', percent: '50' }];
const before = engineWith([], DISCOUNTS) as PriceEngine;
const runs = { numRuns: cases(1_000, 100_000) };
/** Each run compares the prices of three calls, kind by kind. */
const runsOfThree = { numRuns: cases(300, 33_000) };

test('overrides are refused exactly where two set other rates for a call and neither lies inside the other', () => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(entries, (own) => {
      const pair = own.flatMap((one, at) => own.slice(at + 1).map((other) => [one, other] as const)).find((two) => contradict(...two));
      const refusal = engineWith(own);
      seen.add(pair === undefined);
      if (pair === undefined) expect(refusal).toBeInstanceOf(PriceEngine);
      else expect(refusal).toContain('contradict each other: ');
    }),
    runs,
  );
  expect(seen.size).toBe(2);
});

test('a call has the rate of the most specific override of each kind, and for other kinds what it had before', () => {
  fc.assert(
    fc.property(entries, fc.array(calls, { minLength: 3, maxLength: 3 }), (own, someCalls) => {
      const engine = engineWith(own, DISCOUNTS);
      fc.pre(engine instanceof PriceEngine);
      for (const call of someCalls) {
        const { query } = call;
        const [found, had] = [engine.quote(query), before.quote(query)];
        const otherTiers = call.model === IMPORTED || had.row?.tier !== query.tier ? ['standard'] : [];
        const kinds = new Set([...Object.keys(had.rates), 'input', 'output', 'cacheRead']);
        const expected = [...kinds].flatMap((kind) => {
          const set = [query.tier, ...otherTiers].map((tier) => ownRate(own, call, tier, kind)).find((rate) => rate !== undefined);
          const rate = set ?? (kind in had.rates ? formatRate(kind, had.rates[kind]!) : undefined);
          return rate === undefined ? [] : [[kind, rate] as const];
        });
        expect(ratesOf(found)).toEqual(Object.fromEntries(expected));
        expect(engine.quote({ ...query })).toBe(found);
      }
    }),
    runsOfThree,
  );
});

test('each override that is accepted sets the price of a call that it names', () => {
  fc.assert(
    fc.property(entries, ([entry]) => {
      const engine = engineWith([entry!]);
      fc.pre(engine instanceof PriceEngine);
      const [routing, region, tier, contextTokens, quality, day] = AXES.map(
        ({ points, holds }) => points.find((point) => holds(entry!, point as never)) as never,
      );
      for (const modelId of idsOf(entry!.model, routing!)) {
        const spec = quality && { quality };
        const quote = engine.quote({
          modelId,
          region: region!,
          tier: tier!,
          contextTokens: contextTokens!,
          timestamp: Date.parse(day!),
          spec,
        });
        expect(ratesOf(quote)).toMatchObject(entry!.rates);
        expect(quote.row?.source).toBe('override');
        expect(quote.unpriced).toBeUndefined();
      }
    }),
    runs,
  );
});
