import { breakdownsOf } from '../../../engine/metering/breakdowns';
import { readMeterConfig } from '../../../engine/metering/meter-config';
import { MeterMetrics } from '../../../engine/metering/meter-metrics';
import { MinuteTotals } from '../../../engine/metering/minute-totals';
import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { metadataOnly, numbered, type Raw } from '../../fixtures/invocation-records';
import { fullCall } from '../ledger/rated-calls';
import { messages, meterOf, NOW, type Emf } from './harness';

const TEAM = `${Attributes.REQUEST_METADATA_PREFIX}team`;

const calls = (count: number, more: (i: number) => Raw): Raw[] =>
  Array.from({ length: count }, (_, i) => ({ ...numbered(metadataOnly, i), ...more(i) }));

/** The cost by the values of a dimension. */
function costBy(lines: readonly Emf[], dimension: string): Record<string, number> {
  const costs: Record<string, number> = {};
  for (const line of lines.filter((each) => dimension in each && Metrics.COST in each)) {
    const value = String(line[dimension]);
    costs[value] = (costs[value] ?? 0) + Number(line[Metrics.COST]);
  }
  return costs;
}

test('as many values as a minute can hold are published, and the total first of all', async () => {
  const { meter, emf } = meterOf({ DIMENSIONS: 'meta:a,meta:b,caller', DIMENSION_CAP: '496' });
  await meter.meter(
    messages(
      calls(1000, (i) => ({
        requestMetadata: { a: `a${i}`, b: `b${i}` },
        identity: { arn: `arn:aws:iam::111122223333:user/u${i}` },
        modelId: `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6`,
      })),
    ),
  );
  expect(emf()[0]).toMatchObject({ [Metrics.COST]: expect.closeTo(21.6975, 9), [Metrics.VALUES_FOLDED]: 3 * (1000 - 496) });
  for (const dimension of [`${Attributes.REQUEST_METADATA_PREFIX}a`, `${Attributes.REQUEST_METADATA_PREFIX}b`, Attributes.CALLER]) {
    const costs = Object.entries(costBy(emf(), dimension));
    expect(costs).toHaveLength(497);
    expect(costs.reduce((sum, [, cost]) => sum + cost, 0)).toBeCloseTo(21.6975, 9);
  }
  expect(JSON.stringify(emf())).not.toContain('overflow');
});

test('more sets of attributes than OpenTelemetry keeps cost neither the total nor a line that nothing reads', async () => {
  const breakdowns = breakdownsOf({ ...readMeterConfig({ DIMENSIONS: 'caller' }), dimensionCap: 5000 });
  const totals = new MinuteTotals(breakdowns);
  for (let i = 0; i < 3000; i += 1) {
    const rated = fullCall();
    totals.add({ ...rated, call: { ...rated.call, caller: `caller ${i}` } });
  }
  breakdowns.forEach(({ values }, at) =>
    values.publish(new Map([...totals.breakdowns[at]!.costs].map(([value, { low }]) => [value, low])), NOW),
  );
  const lines = (await new MeterMetrics({ namespace: 'Space', tokenTypes: true, emf: true }).lines(NOW, totals)).map(
    (line) => JSON.parse(line) as Emf,
  );
  expect(JSON.stringify(lines)).not.toContain('otel.metric.overflow');
  expect(lines.find((line) => line._aws.CloudWatchMetrics[0].Dimensions[0]!.length === 0)).toMatchObject({
    [Metrics.COST]: expect.closeTo(3000 * 28_000, 3),
    [Metrics.VALUES_FOLDED]: 1,
  });
});

test('one model takes one place, whether it is called by its id or by its ARN', async () => {
  const { meter, emf } = meterOf({ DIMENSIONS: 'caller', DIMENSION_CAP: '1' });
  const id = 'us.anthropic.claude-sonnet-4-6';
  const ids = [
    id,
    `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${id}`,
    `arn:aws:bedrock:us-east-1:444455556666:inference-profile/${id}`,
  ];
  await meter.meter(messages(calls(3, (i) => ({ modelId: ids[i] }))));
  expect(costBy(emf(), Attributes.REQUEST_MODEL)).toEqual({ [id]: expect.closeTo(0.0650925, 9) });
});

test.each([1, 10])('a flood of made-up values in %i batches does not push the real teams into other', async (batches) => {
  const { meter, emf } = meterOf({ DIMENSIONS: 'meta:team' });
  const flood = calls(5000, (i) => ({
    requestMetadata: { team: `x${i}` },
    input: { inputTokenCount: 1 + (i % 97) },
    output: { outputTokenCount: 1 },
  }));
  for (let at = 0; at < batches; at += 1) {
    await meter.meter(messages(flood.slice((at * 5000) / batches, ((at + 1) * 5000) / batches)));
  }
  const teams = ['payments', 'search', 'support'];
  await meter.meter(messages(calls(30, (i) => ({ ...numbered(metadataOnly, 6000 + i), requestMetadata: { team: teams[i % 3] } }))));
  expect(costBy(emf(), TEAM)).toMatchObject(Object.fromEntries(teams.map((team) => [team, expect.closeTo(0.216975, 9)])));
});

test('in an hour with a flood, the values that are published stay in proportion to the cap', async () => {
  const { meter, emf } = meterOf({ DIMENSIONS: 'meta:team', DIMENSION_CAP: '50' });
  for (let batch = 0; batch < 40; batch += 1) {
    const records = calls(100, (i) => ({
      ...numbered(metadataOnly, 100 * batch + i),
      requestMetadata: { team: `x${batch} ${i}` },
      input: { inputTokenCount: 1 + ((7919 * (100 * batch + i)) % 100_000) },
      output: { outputTokenCount: 1 },
    }));
    await meter.meter(messages(records));
  }
  expect(Object.keys(costBy(emf(), TEAM)).length).toBeLessThan(4 * 50);
});

test('members that every object has are no values of request metadata', async () => {
  const { meter, emf } = meterOf({ DIMENSIONS: 'meta:constructor,meta:__proto__' });
  await meter.meter([{ timestamp: NOW, message: JSON.stringify({ ...metadataOnly, requestMetadata: {} }) }]);
  expect(emf().flatMap((line) => line._aws.CloudWatchMetrics[0].Dimensions[0]!)).not.toContain(
    `${Attributes.REQUEST_METADATA_PREFIX}constructor`,
  );
});
