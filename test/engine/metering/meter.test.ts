import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import type { Prices } from '../../../engine/rating/unit-prices';
import { InferenceProfiles } from '../../../lambda/meter-calls/inference-profiles';
import {
  APPLICATION_PROFILE_ARN,
  blocked,
  CALLER,
  converse,
  failed,
  metadataOnly,
  numbered,
  zeroRecord,
  type Raw,
} from '../../fixtures/invocation-records';
import { messages, meterOf } from './harness';

const PERIOD = Date.parse('2026-11-20T10:15:00Z');

test('every record is in one of four states, and the calls are counted', async () => {
  const { meter, metrics } = meterOf();
  const unknown = { ...numbered(metadataOnly, 1), modelId: 'acme.unknown' };
  await meter.meter(messages([metadataOnly, metadataOnly, zeroRecord, numbered(failed, 2), numbered(blocked, 3), unknown]));
  expect(metrics()).toMatchObject({
    [Metrics.RECORDS_PRICED]: 1,
    [Metrics.RECORDS_UNPRICED]: 1,
    [Metrics.RECORDS_IGNORED]: 4,
    [Metrics.RECORDS_MALFORMED]: 0,
    [Metrics.CALLS]: 4,
    [Metrics.ERRORS]: 1,
    [Metrics.COST]: 0.0216975,
    [Metrics.COST_UNCERTAINTY]: 0.0012375,
  });
});

test('metrics are of the minute of the call, and every set of dimensions has a line of its own', async () => {
  const { meter, emf, metrics } = meterOf();
  await meter.meter(messages([metadataOnly, { ...numbered(metadataOnly, 1), timestamp: '2026-11-20T10:19:59Z' }]));
  expect(new Set(emf().map((line) => line._aws.Timestamp))).toEqual(new Set([PERIOD, PERIOD + 4 * 60_000]));
  expect(metrics({ [Attributes.REQUEST_MODEL]: 'us.anthropic.claude-sonnet-4-6' })).toMatchObject({ [Metrics.COST]: 0.0216975 });
  expect(metrics({ [Attributes.TOKEN_TYPE]: 'cache_read' })).toMatchObject({ [Metrics.TOKENS]: 30_000, [Metrics.COST]: 0.0099 });
});

test('what is not known is not written as zero', async () => {
  const { meter, metrics } = meterOf();
  await meter.meter(messages([{ ...metadataOnly, modelId: 'acme.unknown' }]));
  const line = metrics()!;
  for (const name of [Metrics.COST, Metrics.COST_UNCERTAINTY, Metrics.COMPLETED, Metrics.TRUNCATED, Metrics.DURATION]) {
    expect(line).not.toHaveProperty([name]);
  }
  expect(metrics({ [Attributes.TOKEN_TYPE]: 'output' })).toMatchObject({ [Metrics.TOKENS]: 350 });
});

test('bodies add how calls ended and how long they took', async () => {
  const { meter, metrics } = meterOf();
  await meter.meter(messages([converse]));
  expect(metrics()).toMatchObject({ [Metrics.COMPLETED]: 0, [Metrics.TRUNCATED]: 1, [Metrics.DURATION]: [2.14] });
  expect(metrics()?._aws.CloudWatchMetrics[0].Metrics).toContainEqual({ Name: Metrics.DURATION, Unit: 'Seconds' });
});

test('a malformed record is named, and the others of the batch are metered', async () => {
  const { meter, emf, ledger } = meterOf();
  const bad: Raw = { ...numbered(metadataOnly, 7), input: { inputTokenCount: 'a secret' } };
  await meter.meter(messages(['a secret', bad, metadataOnly]));
  const total = (name: string) => emf().reduce((sum, line) => sum + Number(line[name] ?? 0), 0);
  expect([total(Metrics.RECORDS_PRICED), total(Metrics.RECORDS_MALFORMED)]).toEqual([1, 2]);
  expect(ledger()).toEqual([
    { ledger: 1, time: '2026-11-20T10:19:59.000Z', status: 'malformed', reason: 'not JSON' },
    expect.objectContaining({ status: 'malformed', requestId: bad.requestId }),
  ]);
  expect(JSON.stringify(ledger())).not.toContain('secret');
});

describe('a batch that fails', () => {
  /** Priced and ignored records of each batch that was written. */
  const counts = (written: readonly string[]) =>
    written
      .map((text) => JSON.parse(text.split('\n')[0]!) as Record<string, number>)
      .map((line) => [line[Metrics.RECORDS_PRICED], line[Metrics.RECORDS_IGNORED]]);

  test('is forgotten, so that its calls count when it comes again; duplicates of batches that were written do not', async () => {
    const written: string[] = [];
    let failing = false;
    const write = (text: string) => (failing ? Promise.reject(new Error('broken pipe')) : Promise.resolve(void written.push(text)));
    const { meter } = meterOf({}, { write });
    const other = numbered(metadataOnly, 1);
    await meter.meter(messages([metadataOnly]));
    failing = true;
    await expect(meter.meter(messages([other]))).rejects.toThrow('broken pipe');
    failing = false;
    await meter.meter(messages([other, metadataOnly]));
    await meter.meter(messages([other]));
    expect(counts(written)).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
  });

  test('leaves nothing in the metrics of the next', async () => {
    const engine = new PriceEngine();
    let failing = true;
    const prices: Prices = {
      quote: (query) => engine.quote(query),
      cost: (quote, usage) => {
        if (failing && usage.input > 1) {
          throw new Error('no cost');
        }
        return engine.cost(quote, usage);
      },
    };
    const { meter, written } = meterOf({}, { prices });
    await expect(meter.meter(messages([metadataOnly, numbered(metadataOnly, 1)]))).rejects.toThrow('no cost');
    failing = false;
    await meter.meter(messages([metadataOnly]));
    expect(counts(written)).toEqual([[1, 0]]);
  });
});

test('extra dimensions only when asked for, from the caller and from allow-listed metadata', async () => {
  const { meter, metrics } = meterOf({ DIMENSIONS: 'caller,meta:team', DIMENSION_CAP: '1' });
  const other = { ...numbered(metadataOnly, 1), identity: { arn: 'arn:aws:iam::111122223333:user/joe' }, requestMetadata: {} };
  await meter.meter(messages([metadataOnly, other]));
  expect(metrics({ [Attributes.CALLER]: CALLER })).toMatchObject({ [Metrics.COST]: 0.0216975 });
  expect(metrics({ [Attributes.CALLER]: 'other' })).toMatchObject({ [Metrics.COST]: 0.0216975 });
  expect(metrics({ [`${Attributes.REQUEST_METADATA_PREFIX}team`]: 'search' })).toMatchObject({ [Metrics.COST]: 0.0216975 });
});

test('two application inference profiles of one model, roles, accounts and Regions are told apart', async () => {
  const profiles = new InferenceProfiles(() => Promise.resolve(() => Promise.resolve('anthropic.claude-sonnet-4-6')));
  const { meter, metrics, ledger } = meterOf({ DIMENSIONS: 'role,profile,account,region', LEDGER: 'perCall' }, { profiles });
  const calls = ['one', 'one', 'two'].map((name, number) => ({
    ...numbered(metadataOnly, number),
    modelId: `arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/${name}`,
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${name}/session-${number}` },
    accountId: name === 'one' ? '111122223333' : '444455556666',
    region: name === 'one' ? 'us-east-1' : 'us-west-2',
  }));
  await meter.meter(messages(calls));
  const values = [
    ['role', 'aws.principal.role', 'arn:aws:sts::111122223333:assumed-role/one', 'arn:aws:sts::111122223333:assumed-role/two'],
    ['profile', 'aws.bedrock.application_inference_profile', calls[0]!.modelId, calls[2]!.modelId],
    ['accountId', 'cloud.account.id', '111122223333', '444455556666'],
    ['region', 'cloud.region', 'us-east-1', 'us-west-2'],
  ];
  for (const [member = '', attribute = '', one, two] of values) {
    expect([one, two].map((value) => metrics({ [attribute]: value })?.[Metrics.COST])).toEqual([0.043395, 0.0216975]);
    expect(ledger().map((line) => line[member])).toEqual([one, one, two]);
  }
});

test('a record without a request id is told apart by its log event, in metrics and in the ledger', async () => {
  const { meter, metrics, ledger } = meterOf({ LEDGER: 'perCall' });
  const [event] = messages([{ ...metadataOnly, requestId: '********' }]);
  await meter.meter(['1', '2', '1'].map((id) => ({ ...event!, id })));
  expect(metrics()).toMatchObject({ [Metrics.CALLS]: 2, [Metrics.RECORDS_IGNORED]: 1 });
  expect(ledger().map(({ requestId, eventId }) => [requestId, eventId])).toEqual([
    [undefined, '1'],
    [undefined, '2'],
  ]);
});

test('application inference profiles are asked for once, and metered under their own id', async () => {
  const asked: string[] = [];
  const profiles = new InferenceProfiles(() =>
    Promise.resolve((arn: string) => {
      asked.push(arn);
      return Promise.resolve('anthropic.claude-sonnet-4-6');
    }),
  );
  const { meter, metrics } = meterOf({}, { profiles });
  const calls = [1, 2].map((number) => ({ ...numbered(metadataOnly, number), modelId: APPLICATION_PROFILE_ARN }));
  await meter.meter(messages(calls));
  expect(asked).toEqual([APPLICATION_PROFILE_ARN]);
  expect(metrics({ [Attributes.REQUEST_MODEL]: 'a1b2c3d4e5f6' })).toMatchObject({ [Metrics.COST]: 0.043395 });
});

test('an empty batch writes nothing', async () => {
  const { meter, written } = meterOf();
  await meter.meter([]);
  expect(written).toEqual([]);
});
