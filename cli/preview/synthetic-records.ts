import type { TimedRecord } from './measurement';
import { SeededRandom } from './seeded-random';

/** An application, and how it calls Bedrock. */
interface Application {
  readonly modelId: string;
  readonly caller: string;
  readonly team?: string;
  readonly stream: boolean;
  readonly weight: number;
  readonly input: number;
  readonly output: number;
  /** Tokens of a prefix that is kept in the cache. */
  readonly cached?: number;
  readonly latencyMs: number;
  readonly regions: readonly string[];
}

const US = ['us-east-1', 'us-east-2', 'us-west-2'];

const APPLICATIONS: readonly Application[] = [
  app('us.anthropic.claude-sonnet-4-6', 'Assistant/web', 'support', 30, 3100, 640, 2600, US, { stream: true, cached: 18_000 }),
  app('global.anthropic.claude-opus-4-7', 'Developer/ana@example.com', 'platform', 9, 2600, 2100, 8200, [...US, 'eu-west-1'], {
    stream: true,
    cached: 64_000,
  }),
  app('us.anthropic.claude-haiku-4-5-20251001-v1:0', 'Assistant/search', 'search', 26, 5200, 260, 900, US, { cached: 9000 }),
  app('amazon.nova-pro-v1:0', 'Reports/nightly', 'finance', 12, 14_000, 150, 1700, ['us-east-1']),
  app('amazon.nova-micro-v1:0', 'MailRouter/lambda', undefined, 14, 420, 20, 350, ['us-east-1']),
  app('us.meta.llama4-maverick-17b-instruct-v1:0', 'Translation/ecs', 'content', 8, 900, 700, 2100, US),
  app('anthropic.claude-3-haiku-20240307-v1:0', 'Legacy/cron', undefined, 2, 900, 180, 1100, ['us-east-1']),
  app('acme.model-without-a-price-v1:0', 'Lab/trial', 'research', 1, 500, 200, 1500, ['us-east-1']),
];

/** The last moment of the example: fixed, so that two previews differ only where the dashboards do. */
const END = Date.UTC(2026, 10, 20, 15, 30);
const HOUR = 3_600_000;
const DAYS = 32;

const ERRORS = [
  'ThrottlingException',
  'ThrottlingException',
  'ValidationException',
  'AccessDeniedException',
  'ServiceUnavailableException',
];

/** A month of calls of an imaginary company: busy on working days, growing fast, with one bad half hour. The same for the same seed. */
export function syntheticRecords(seed: number, teamKey = 'team'): TimedRecord[] {
  const random = new SeededRandom(seed);
  const records: TimedRecord[] = [];
  for (let start = END - (END % HOUR) - DAYS * 24 * HOUR; start < END; start += HOUR) {
    const calls = Math.round(callsIn(start) * (0.85 + random.fraction() * 0.3));
    for (let call = 0; call < calls; call++) {
      const step = stepAt(END - start);
      const time = start + Math.floor((random.fraction() * HOUR) / step) * step + 1000;
      if (time < END) {
        records.push({ time, message: JSON.stringify(record(time, random, teamKey)) });
      }
    }
  }
  return records;
}

/** Few distinct minutes keep the preview quick: the further back, the coarser the graphs that show it. */
function stepAt(age: number): number {
  return age < 30 * HOUR ? 60_000 : age < 8 * 24 * HOUR ? 300_000 : HOUR;
}

function callsIn(start: number): number {
  const date = new Date(start);
  const working = date.getUTCDay() % 6 !== 0;
  const daylight = Math.max(0, Math.sin(((date.getUTCHours() - 5) / 16) * Math.PI));
  const growth = 0.4 + 2.6 * ((start - END) / (DAYS * 24 * HOUR) + 1) ** 3;
  return (7 + daylight * (working ? 40 : 11)) * growth;
}

function record(time: number, random: SeededRandom, teamKey: string): object {
  const { modelId, caller, team, stream, input, output, cached, latencyMs, regions } = random.weighted(APPLICATIONS);
  const incident = time > END - 100 * 60_000 && time < END - 75 * 60_000;
  const around = (value: number) => Math.max(1, Math.round(value * Math.exp((random.fraction() - 0.5) * 1.6)));
  const envelope = {
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: new Date(time).toISOString(),
    accountId: '111122223333',
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${caller}` },
    region: 'us-east-1',
    inferenceRegion: regions[Math.floor(random.fraction() * regions.length)],
    requestId: random.uuid(),
    operation: stream ? 'InvokeModelWithResponseStream' : 'Converse',
    modelId,
    ...(team && { requestMetadata: { [teamKey]: team } }),
  };
  if (random.fraction() < (incident ? 0.22 : 0.012)) {
    const errorCode = incident ? 'ThrottlingException' : ERRORS[Math.floor(random.fraction() * ERRORS.length)];
    return { ...envelope, errorCode, input: { inputContentType: 'application/json' }, output: {} };
  }
  const [tokensIn, tokensOut] = [around(input), around(output)];
  const hit = random.fraction() < 0.88;
  const cache = cached === undefined ? {} : hit ? { cacheReadInputTokenCount: cached } : { cacheWriteInputTokenCount: cached };
  const latency = Math.round(around(latencyMs) * (incident ? 2.4 : 1));
  const stopReason = random.fraction() < 0.035 ? 'max_tokens' : 'end_turn';
  const written = hit || cached === undefined ? 0 : cached;
  return {
    ...envelope,
    input: {
      inputContentType: 'application/json',
      inputBodyJson: {
        messages: [{ role: 'user', content: [{ text: 'example' }] }],
        inferenceConfig: { maxTokens: 4096, temperature: 0.2 },
      },
      inputTokenCount: tokensIn,
      ...cache,
    },
    output: {
      outputContentType: 'application/json',
      outputBodyJson: (stream ? streamBody : converseBody)({
        stopReason,
        latency,
        written,
        tokensIn,
        tokensOut,
        firstByte: latency * (0.12 + random.fraction() * 0.2),
      }),
      outputTokenCount: tokensOut,
    },
  };
}

interface Ending {
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly stopReason: string;
  readonly latency: number;
  readonly firstByte: number;
  /** Tokens written to the cache. */
  readonly written: number;
}

function converseBody({ stopReason, latency, written, tokensIn, tokensOut }: Ending): object {
  const cacheDetails = written ? { cacheDetails: [{ ttl: '5m', inputTokens: written }] } : {};
  return { stopReason, metrics: { latencyMs: latency }, usage: { inputTokens: tokensIn, outputTokens: tokensOut, ...cacheDetails } };
}

function streamBody({ stopReason, latency, firstByte, written, tokensIn, tokensOut }: Ending): object[] {
  const cache_creation = { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 };
  return [
    { type: 'message_start', message: { usage: { input_tokens: tokensIn, output_tokens: tokensOut, cache_creation } } },
    { type: 'message_delta', delta: { stop_reason: stopReason } },
    { type: 'message_stop', 'amazon-bedrock-invocationMetrics': { invocationLatency: latency, firstByteLatency: Math.round(firstByte) } },
  ];
}

function app(
  modelId: string,
  caller: string,
  team: string | undefined,
  weight: number,
  input: number,
  output: number,
  latencyMs: number,
  regions: readonly string[],
  { stream = false, cached }: { readonly stream?: boolean; readonly cached?: number } = {},
): Application {
  return { modelId, caller, team, weight, input, output, latencyMs, regions, stream, cached };
}
