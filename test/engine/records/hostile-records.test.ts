import * as fc from 'fast-check';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { NO_USAGE, TOKEN_BUCKETS } from '../../../engine/pricing/token-buckets';
import type { Usage } from '../../../engine/pricing/types';
import { Duplicates } from '../../../engine/rating/duplicates';
import { parseRecord } from '../../../engine/records/parse-record';
import { Rater } from '../../../engine/rating/rater';
import type { UnitPrices } from '../../../engine/rating/unit-prices';
import { cases } from '../../cases';

const CASES = cases(1_000, 100_000);

const count = fc.oneof(
  { weight: 30, arbitrary: fc.nat({ max: 300_000 }) as fc.Arbitrary<unknown> },
  fc.constantFrom(undefined, null, -1, 1.5, 1e300, '12', '', true, {}, []),
);
/** Mostly what Bedrock writes: a record has a price only if nothing in it is amiss. */
const mostly = (usual: unknown, ...rest: unknown[]) => fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, fc.constantFrom(...rest));
const modelId = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom<unknown>(
      'us.anthropic.claude-sonnet-4-6',
      'amazon.nova-lite-v1:0',
      'us.openai.gpt-5.6-sol',
      'amazon.titan-embed-text-v2:0',
      'acme.unknown',
      'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/x',
    ),
  },
  fc.constantFrom<unknown>('', null, 7, '__proto__', 'constructor'),
);
const body = fc.oneof(
  fc.constant<unknown>(undefined),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.record({
    usage: fc.record({
      inputTokens: count,
      outputTokens: count,
      cacheDetails: fc.array(fc.record({ ttl: fc.constantFrom('5m', '1h'), inputTokens: count })),
    }),
  }),
  fc.array(
    fc.oneof(
      fc.record({
        message: fc.record({ usage: fc.record({ input_tokens: count, cache_creation: fc.record({ ephemeral_5m_input_tokens: count }) }) }),
      }),
      fc.jsonValue(),
    ),
  ),
);
const members = {
  schemaType: mostly('ModelInvocationLog', 'Other', undefined, 5),
  timestamp: fc.constantFrom<unknown>('2026-11-20T10:15:42Z', '2026-11-20T10:16:42Z', '<redacted>', 1, '2026-99-99T00:00:00Z'),
  requestId: fc.oneof(fc.uuid() as fc.Arbitrary<unknown>, fc.constantFrom('same', '***', null, 9)),
  region: mostly('us-east-1', 'eu-central-1', 'nowhere-1', '', null),
  operation: fc.constantFrom<unknown>('Converse', 'ConverseStream', 'Dream', 4),
  modelId,
  errorCode: mostly(undefined, null, 'ThrottlingException', 'a sentence with spaces'),
  identity: fc.oneof(fc.record({ arn: fc.string() }), fc.jsonValue()),
  requestMetadata: fc.jsonValue(),
  input: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        inputTokenCount: count,
        cacheReadInputTokenCount: count,
        cacheWriteInputTokenCount: count,
        inputBodyJson: body,
      }) as fc.Arbitrary<unknown>,
    },
    fc.jsonValue(),
  ),
  output: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        outputTokenCount: count,
        searchUnits: mostly(undefined, 3, 'many'),
        outputBodyJson: body,
      }) as fc.Arbitrary<unknown>,
    },
    fc.jsonValue(),
  ),
};
/** Every member there, so that some have a price; or any of them missing. */
const whole = fc.record(members);
const partial = fc.record(members, { requiredKeys: [] });
const message = fc.oneof(
  { weight: 5, arbitrary: whole.map((value) => JSON.stringify(value)) },
  { weight: 4, arbitrary: partial.map((value) => JSON.stringify(value)) },
  partial.map((value) => JSON.stringify(value).slice(0, -3)),
  fc.string(),
);

const isCount = (value: number) => Number.isInteger(value) && value >= 0;

test(`of ${CASES} hostile records each ends in one state, priced ones add up, and none throws`, () => {
  const rater = new Rater(new PriceEngine(), new Duplicates());
  const states: Record<string, number> = {};
  const sums = new Map<UnitPrices, Record<(typeof TOKEN_BUCKETS)[number], number>>();
  let low = 0n;
  let high = 0n;
  fc.assert(
    fc.property(message, (text) => {
      const parsed = parseRecord(text, 1_795_000_000_000);
      const rated = parsed.kind === 'call' ? rater.rate(parsed) : undefined;
      const state = rated?.status ?? parsed.kind;
      states[state] = (states[state] ?? 0) + 1;
      expect(['priced', 'unpriced', 'ignored', 'malformed']).toContain(state);
      if (state !== 'priced') {
        expect(rated?.reason ?? (parsed.kind === 'call' ? '' : parsed.reason)).not.toBe('');
        return;
      }
      const usage: Usage = rated!.usage!;
      expect(TOKEN_BUCKETS.every((bucket) => isCount(usage[bucket]))).toBe(true);
      const cost = rated!.unitPrices!.cost(usage);
      expect(cost.usd).toBeDefined();
      expect(cost.low <= cost.high).toBe(true);
      if (!usage.units) {
        low += cost.low;
        high += cost.high;
        const sum = sums.get(rated!.unitPrices!) ?? { ...NO_USAGE };
        TOKEN_BUCKETS.forEach((bucket) => (sum[bucket] += usage[bucket]));
        sums.set(rated!.unitPrices!, sum);
      }
    }),
    // Seeded: which states occur must not depend on the day.
    { numRuns: CASES, seed: 3 },
  );
  const totals = [...sums].map(([unitPrices, sum]) => unitPrices.cost(sum));
  expect(totals.reduce((total, cost) => total + cost.low, 0n)).toBe(low);
  expect(totals.reduce((total, cost) => total + cost.high, 0n)).toBe(high);
  expect(Object.values(states).reduce((total, number) => total + number, 0)).toBe(CASES);
  expect(Object.keys(states).sort()).toEqual(['ignored', 'malformed', 'priced', 'unpriced']);
  expect(states.priced).toBeGreaterThan(50);
});
