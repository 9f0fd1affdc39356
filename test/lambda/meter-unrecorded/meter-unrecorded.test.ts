import * as bedrockModule from '@aws-sdk/client-bedrock';
import * as cloudwatchModule from '@aws-sdk/client-cloudwatch';
import * as logsModule from '@aws-sdk/client-cloudwatch-logs';
import * as s3Module from '@aws-sdk/client-s3';
import { answering, writtenLines } from '../aws-clients';

const MODULES = { bedrock: bedrockModule, cloudwatch: cloudwatchModule, 'cloudwatch-logs': logsModule, s3: s3Module };
const { BedrockClient } = bedrockModule;
const { CloudWatchClient } = cloudwatchModule;
const { CloudWatchLogsClient } = logsModule;
const { S3Client } = s3Module;

const JOB_ARN = 'arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/ra2zk4a8h696';
const ENDED = new Date('2026-11-20T09:59:00Z');
const MANIFEST = {
  totalRecordCount: 4,
  processedRecordCount: 4,
  successRecordCount: 3,
  errorRecordCount: 1,
  inputTokenCount: 300,
  outputTokenCount: 60,
};
const JOB = {
  jobArn: JOB_ARN,
  modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
  status: 'Completed',
  endTime: ENDED,
  outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://batches/out/' } },
};
const EVENT = {
  'detail-type': 'Batch Inference Job State Change',
  time: '2026-11-20T10:00:00Z',
  detail: { batchJobArn: JOB_ARN, status: 'Completed' },
};
const SCHEDULE = { 'detail-type': 'Scheduled Event', time: '2026-11-21T01:17:00Z', detail: {} };
const CONTEXT = { invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:unrecorded' };

type Line = Record<string, unknown>;

async function handled(event: object, env: Record<string, string> = {}): Promise<Line[]> {
  const before = { ...process.env };
  Object.assign(process.env, { AWS_REGION: 'us-east-1', LOG_GROUP: '/lines', ...env });
  let lines: string[] = [];
  try {
    await jest.isolateModulesAsync(async () => {
      // The modules of this file, so that what is spied on here is what the handler and its paginators use.
      Object.entries(MODULES).forEach(([name, module]) => jest.doMock(`@aws-sdk/client-${name}`, () => module));
      const { handler } = jest.requireActual<typeof import('../../../lambda/meter-unrecorded/index')>(
        '../../../lambda/meter-unrecorded/index',
      );
      lines = await writtenLines(() => handler(event as never, CONTEXT as never));
    });
  } finally {
    process.env = before;
  }
  return lines.map((line) => JSON.parse(line) as Line);
}

const ledger = (lines: Line[]) => lines.filter((line) => line.ledger === 1);
const written = (...ids: string[]) =>
  answering(CloudWatchLogsClient, {
    FilterLogEventsCommand: () => ({ events: ids.map((requestId) => ({ message: JSON.stringify({ requestId }) })) }),
  });
const stored = (objects: Record<string, unknown>) =>
  answering(S3Client, {
    GetObjectCommand: ({ Key }) => {
      if (!(String(Key) in objects)) throw Object.assign(new Error('none'), { name: 'NoSuchKey' });
      return { Body: { transformToString: () => JSON.stringify(objects[String(Key)]) } };
    },
  });
const idle = {
  ListProvisionedModelThroughputsCommand: () => ({}),
  ListCustomModelsCommand: () => ({}),
  ListModelInvocationJobsCommand: () => ({}),
};
const bedrock = (answers: Parameters<typeof answering>[1] = {}) =>
  answering(BedrockClient, { ...idle, GetModelInvocationJobCommand: () => JOB, ...answers });

let warn: jest.SpyInstance;
beforeEach(() => {
  warn = jest.spyOn(console, 'warn').mockImplementation();
  bedrock();
  written();
  answering(CloudWatchClient, { GetMetricDataCommand: () => ({ MetricDataResults: [] }) });
});
afterEach(() => jest.restoreAllMocks());

test.each(['out/ra2zk4a8h696/manifest.json.out', 'out/manifest.json.out'])(
  'a job that ends has a line with its cost, from the manifest in %s',
  async (key) => {
    stored({ [key]: MANIFEST });
    const lines = await handled(EVENT);
    expect(ledger(lines)).toEqual([
      expect.objectContaining({ source: 'batch', requestId: JOB_ARN, status: 'priced', costUsd: 0.00033, serviceTier: 'batch' }),
    ]);
    expect(lines.find((line) => line['bedrock.source'] === 'batch')).toMatchObject({ 'llm.cost.unrecorded.usd': 0.00033 });
  },
);

test('a job whose manifest may not be read is counted without a cost', async () => {
  stored({});
  expect(ledger(await handled(EVENT))).toEqual([
    expect.objectContaining({ status: 'unpriced', reason: 'the manifest cannot be read: NoSuchKey' }),
  ]);
});

test('a job that has a line has no other, and one that still runs has none', async () => {
  stored({ 'out/manifest.json.out': MANIFEST });
  written(JOB_ARN);
  expect(await handled(EVENT)).toEqual([]);
  written();
  bedrock({ GetModelInvocationJobCommand: () => ({ ...JOB, status: 'InProgress' }) });
  expect(await handled(EVENT)).toEqual([]);
});

test('every hour: capacity, storage, units, tokens, and jobs whose event was lost', async () => {
  stored({ 'out/manifest.json.out': MANIFEST });
  const model = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0';
  bedrock({
    ListProvisionedModelThroughputsCommand: () => ({
      provisionedModelSummaries: [
        {
          provisionedModelArn: 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/p',
          foundationModelArn: model,
          status: 'InService',
          modelUnits: 1,
          creationTime: new Date(0),
        },
      ],
    }),
    ListCustomModelsCommand: () => ({
      modelSummaries: [
        { modelArn: 'arn:aws:bedrock:us-east-1:111122223333:custom-model/c', baseModelArn: model, creationTime: new Date(0) },
      ],
    }),
    ListModelInvocationJobsCommand: () => ({
      invocationJobSummaries: [
        { jobArn: JOB_ARN, endTime: new Date('2026-11-20T23:10:00Z') },
        { jobArn: 'older', endTime: new Date('2026-11-20T01:00:00Z') },
        { jobArn: 'running' },
      ],
    }),
  });
  answering(CloudWatchClient, {
    GetMetricDataCommand: (input) => {
      const text = JSON.stringify(input);
      const of = (Label: string, value: number) => ({
        MetricDataResults: [{ Label, Timestamps: [new Date('2026-11-20T23:00:00Z')], Values: [value], StatusCode: 'Complete' }],
      });
      return text.includes('Guardrails')
        ? of('ContentPolicy', 1000)
        : text.includes('InputTokens')
          ? of('openai.gpt-oss-120b-1:0', 1_000_000)
          : { MetricDataResults: [] };
    },
  });
  const reserved = [
    { modelId: 'anthropic.claude-opus-4-5-20251101-v1:0', inputTokensPerMinute: 100_000, outputTokensPerMinute: 10_000, commitment: '1m' },
  ];
  const lines = await handled(SCHEDULE, { RESERVED_CAPACITY: JSON.stringify(reserved) });
  expect(ledger(lines).map(({ source, time, status }) => [source, time, status])).toEqual([
    ...['provisioned', 'customModel', 'reserved', 'guardrail', 'mantle'].map((source) => [source, '2026-11-20T23:00:00.000Z', 'priced']),
    ['batch', ENDED.toISOString(), 'priced'],
  ]);
  expect(lines.at(-1)).toMatchObject({ 'bedrock.unrecorded.failed': 0 });
  expect(warn).not.toHaveBeenCalled();
});

test('what cannot be asked is counted as failed, and costs nothing else', async () => {
  bedrock({
    ListProvisionedModelThroughputsCommand: () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    },
  });
  expect(await handled(SCHEDULE)).toEqual([expect.objectContaining({ 'bedrock.unrecorded.failed': 1 })]);
  expect(warn).toHaveBeenCalledWith('provisioned throughput cannot be counted for this hour: AccessDeniedException');
});
