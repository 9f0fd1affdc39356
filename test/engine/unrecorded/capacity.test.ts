import { PriceEngine } from '../../../engine/pricing/price-engine';
import { formatUsd } from '../../../engine/pricing/usd-text';
import { type ProvisionedThroughput, usageOfCustomModels, usageOfProvisioned, usageOfReserved } from '../../../engine/unrecorded/capacity';
import { usageOfGuardrails, usageOfMantle } from '../../../engine/unrecorded/metered-units';
import { rateUnrecorded } from '../../../engine/unrecorded/rate-unrecorded';
import { unrecordedLines } from '../../../engine/unrecorded/unrecorded-lines';
import type { UnrecordedUsage } from '../../../engine/unrecorded/unrecorded-usage';

const HOUR = Date.parse('2026-11-20T10:00:00Z');
const AT = { hour: HOUR, region: 'us-east-1', accountId: '111122223333' };
const prices = new PriceEngine();
const MICRO = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0';

/** Status, and cost or reason, of each. */
const costs = (usages: readonly UnrecordedUsage[]) =>
  usages.map((usage) => {
    const { status, reason, unitPrices, usage: used } = rateUnrecorded(usage, prices);
    return [status, status === 'priced' ? formatUsd(unitPrices!.cost(used!).low) : reason];
  });

const throughput = (changes: Partial<ProvisionedThroughput> = {}): ProvisionedThroughput => ({
  arn: 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/p1',
  foundationModelArn: MICRO,
  status: 'InService',
  modelUnits: 2,
  createdAt: 0,
  ...changes,
});

test.each<[string, Partial<ProvisionedThroughput>, unknown[]]>([
  ['without a commitment', {}, ['priced', '121']],
  ['for a month', { commitment: 'OneMonth' }, ['priced', '110']],
  ['for six months', { commitment: 'SixMonths' }, ['priced', '60.5']],
  ['since the middle of the hour', { createdAt: HOUR + 1_800_000 }, ['priced', '60.5']],
  ['with a commitment that is new', { commitment: 'TwoYears' }, ['unpriced', 'the commitment is not known']],
  [
    'of a model without such a price',
    { foundationModelArn: MICRO.replace('nova-micro-v1:0', 'nova-2-lite-v1:0') },
    ['unpriced', 'no price for modelUnitHour'],
  ],
  ['with a number of units that is none', { modelUnits: Number.NaN }, ['unpriced', 'no price for modelUnitHour']],
])('an hour of provisioned throughput %s', (_, changes, expected) => {
  expect(costs(usageOfProvisioned([throughput(changes)], AT))).toEqual([expected]);
});

test('capacity that is being made, failed or is from a later hour is not billed', () => {
  const none = [{ status: 'Creating' }, { status: 'Failed' }, { createdAt: HOUR + 3_600_000 }].map(throughput);
  expect(usageOfProvisioned(none, AT)).toEqual([]);
});

test('the same hour has the same id, and another hour another', () => {
  const idAt = (hour: number) => usageOfProvisioned([throughput()], { ...AT, hour })[0]!.id;
  expect(idAt(HOUR)).toBe(idAt(HOUR));
  expect(idAt(HOUR)).not.toBe(idAt(HOUR + 3_600_000));
});

test('reserved capacity is what the user names', () => {
  const reserved = {
    modelId: 'anthropic.claude-opus-4-5-20251101-v1:0',
    inputTokensPerMinute: 100_000,
    outputTokensPerMinute: 10_000,
    commitment: '1m',
  };
  expect(costs(usageOfReserved([reserved, { ...reserved, commitment: '9m' }], AT, AT.accountId))).toEqual([
    ['priced', '49.5'],
    ['unpriced', 'no price for inputTpmHour, outputTpmHour'],
  ]);
});

test('a custom model is stored by the day: the days of a month are its price', () => {
  const model = { arn: 'arn:aws:bedrock:us-east-1:111122223333:custom-model/c1', baseModelArn: MICRO, createdAt: 0 };
  const month = Array.from({ length: 30 * 24 }, (_, i) => Date.parse('2026-11-01T00:00:00Z') + i * 3_600_000);
  const days = month.flatMap((hour) => usageOfCustomModels([model], { ...AT, hour }));
  expect(days).toHaveLength(30);
  expect(costs(days).reduce((sum, [, usd]) => sum + Number(usd), 0)).toBeCloseTo(1.95, 4);
});

test('units of guardrails have the price of their policy', () => {
  const units = new Map([
    ['ContentPolicy', 1000],
    ['TopicPolicy', 0],
    ['NewPolicy', 5],
  ]);
  expect(costs(usageOfGuardrails(units, AT))).toEqual([
    ['priced', '0.15'],
    ['unpriced', 'the type of the policy has no known price'],
  ]);
});

test('tokens of bedrock-mantle cost between all read from the cache and all written to it', () => {
  const [usage] = usageOfMantle({ input: new Map([['anthropic.claude-sonnet-4-6', 1_000_000]]), output: new Map() }, AT);
  const { unitPrices, usage: used } = rateUnrecorded(usage!, prices);
  const { low, high } = unitPrices!.cost(used!);
  const { rates } = prices.quote({ modelId: usage!.modelId, region: AT.region, tier: 'standard', timestamp: HOUR, contextTokens: 0 });
  expect([low, high]).toEqual([rates.cacheRead! * 1_000_000n, rates.cacheWrite1h! * 1_000_000n]);
});

test('lines and metrics: costs in total and by source, and none where nothing has a price', () => {
  const usages = [...usageOfProvisioned([throughput()], AT), ...usageOfGuardrails(new Map([['NewPolicy', 5]]), AT)];
  const lines = unrecordedLines(
    usages.map((usage) => rateUnrecorded(usage, prices)),
    { namespace: 'N' },
    prices,
  ).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ ledger }) => ledger === 1)).toEqual([
    expect.objectContaining({ source: 'provisioned', status: 'priced', costUsd: 121, region: 'us-east-1', accountId: '111122223333' }),
    expect.objectContaining({ source: 'guardrail', status: 'unpriced', reason: 'the type of the policy has no known price' }),
  ]);
  const bySource = (source?: string) => lines.find((line) => '_aws' in line && line['bedrock.source'] === source)!;
  expect(bySource()).toMatchObject({ 'llm.cost.unrecorded.usd': 121, 'bedrock.unrecorded.priced': 1, 'bedrock.unrecorded.unpriced': 1 });
  expect(bySource('guardrail')).not.toHaveProperty(['llm.cost.unrecorded.usd']);
});
