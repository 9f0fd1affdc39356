import { BedrockClient } from '@aws-sdk/client-bedrock';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { handler } from '../../../lambda/measure-quota/index';
import { answering, writtenLines } from '../aws-clients';

const QUOTA = 'On-demand model inference tokens per minute for Amazon Nova Pro';
const MODELS = { modelSummaries: [{ modelId: 'amazon.nova-pro-v1:0', modelName: 'Nova Pro', providerName: 'Amazon' }] };

const usage = (Label: string, ...Values: number[]) => ({ Label, Values, Timestamps: Values.map((_, i) => new Date(60_000 * i)) });

afterEach(() => jest.restoreAllMocks());

test('publishes the busiest minute of the model closest to its quota, and reads the quotas once', async () => {
  answering(CloudWatchClient, {
    GetMetricDataCommand: () => ({ MetricDataResults: [usage('amazon.nova-pro-v1:0', 10, 75, 20), usage('a1b2c3', 9999)] }),
  });
  let failing = true;
  const quotas = answering(ServiceQuotasClient, {
    ListServiceQuotasCommand: ({ NextToken }) => {
      if (failing) {
        throw new Error('Throttling');
      }
      return NextToken ? { Quotas: [{ QuotaName: QUOTA, Value: 100 }, { QuotaName: 'no value' }] } : { Quotas: [], NextToken: 'more' };
    },
  });
  const models = answering(BedrockClient, { ListFoundationModelsCommand: () => MODELS });

  await expect(handler()).rejects.toThrow('Throttling');
  failing = false;
  const lines = await writtenLines(handler);
  expect(await writtenLines(handler)).toHaveLength(lines.length);

  const [metrics, runs, log] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(metrics).toMatchObject({ 'bedrock.signal.quota.usage.percent': 75, 'bedrock.signal.quota.unknown': 1 });
  expect(runs).toMatchObject({ 'bedrock.signal.runs': 1 });
  expect(log).toEqual({
    signal: 'bedrock.signal.quota.usage.percent',
    models: [{ modelId: 'amazon.nova-pro-v1:0', percent: 75 }],
    unknown: ['a1b2c3'],
  });
  expect(quotas).toHaveLength(3);
  expect(models).toHaveLength(1);
});

test.each(['GetMetricDataCommand', 'ListServiceQuotasCommand', 'ListFoundationModelsCommand'])(
  'a run in which %s fails does not count as one',
  async (killed) => {
    const answer = (name: string, value: unknown) => ({
      [name]: () => {
        if (name === killed) throw new Error('killed');
        return value;
      },
    });
    answering(CloudWatchClient, answer('GetMetricDataCommand', { MetricDataResults: [] }));
    answering(ServiceQuotasClient, answer('ListServiceQuotasCommand', { Quotas: [] }));
    answering(BedrockClient, answer('ListFoundationModelsCommand', MODELS));
    // The quotas that an earlier run has read are too old by then.
    const later = Date.now() + 7 * 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    await expect(writtenLines(handler)).rejects.toThrow('killed');
  },
);
