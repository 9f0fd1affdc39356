import { SeededRandom } from '../../local-cloudwatch/seeded-random';
import type { TimedRecord } from './measurement';
import { type Application, APPLICATIONS } from './synthetic-applications';

/** The last moment of the example: fixed, so that two previews differ only where the dashboards do. */
const END = Date.UTC(2026, 10, 20, 15, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = 32;

/** A bad half hour before the end: many calls are throttled, and the others are slow. */
const INCIDENT = { from: END - 100 * MINUTE, until: END - 75 * MINUTE, errorShare: 0.22, slowdown: 2.4 };

const ERROR_SHARE = 0.012;
const ERRORS = [
  'ThrottlingException',
  'ThrottlingException',
  'ValidationException',
  'AccessDeniedException',
  'ServiceUnavailableException',
];

/** A month of calls of an imaginary company: busy on working days, growing fast, with one incident. The same for the same seed. */
export function syntheticRecords(seed: number, teamKey = 'team'): TimedRecord[] {
  const random = new SeededRandom(seed);
  const records: TimedRecord[] = [];
  for (let start = END - (END % HOUR) - DAYS * DAY; start < END; start += HOUR) {
    const calls = Math.round(callsIn(start) * (0.85 + random.fraction() * 0.3));
    for (let call = 0; call < calls; call++) {
      const step = stepAt(END - start);
      const time = start + Math.floor((random.fraction() * HOUR) / step) * step + 1000;
      if (time < END) {
        records.push({ time, message: JSON.stringify(recordAt(time, random, teamKey)) });
      }
    }
  }
  return records;
}

/** Calls that share their minute keep the preview quick. Graphs of older data are coarser, so their calls may share more. */
function stepAt(age: number): number {
  if (age < 30 * HOUR) {
    return MINUTE;
  }
  return age < 8 * DAY ? 5 * MINUTE : HOUR;
}

function callsIn(start: number): number {
  const date = new Date(start);
  const isWorkingDay = date.getUTCDay() % 6 !== 0;
  const daylight = Math.max(0, Math.sin(((date.getUTCHours() - 5) / 16) * Math.PI));
  const growth = 0.4 + 2.6 * ((start - END) / (DAYS * DAY) + 1) ** 3;
  return (7 + daylight * (isWorkingDay ? 40 : 11)) * growth;
}

function recordAt(time: number, random: SeededRandom, teamKey: string): object {
  const application = random.weighted(APPLICATIONS);
  const isIncident = time > INCIDENT.from && time < INCIDENT.until;
  const envelope = envelopeOf(application, time, random, teamKey);
  if (random.chance(isIncident ? INCIDENT.errorShare : ERROR_SHARE)) {
    const errorCode = isIncident ? 'ThrottlingException' : random.pick(ERRORS);
    return { ...envelope, errorCode, input: { inputContentType: 'application/json' }, output: {} };
  }
  const answer = answerOf(application, isIncident ? INCIDENT.slowdown : 1, random);
  return { ...envelope, ...payloadOf(application, answer) };
}

function envelopeOf({ modelId, caller, team, stream, regions }: Application, time: number, random: SeededRandom, teamKey: string): object {
  return {
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: new Date(time).toISOString(),
    accountId: '111122223333',
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${caller}` },
    region: 'us-east-1',
    inferenceRegion: random.pick(regions),
    requestId: random.uuid(),
    operation: stream ? 'InvokeModelWithResponseStream' : 'Converse',
    modelId,
    ...(team && { requestMetadata: { [teamKey]: team } }),
  };
}

/** What one call came to. */
interface Answer {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheRead: number;
  readonly cacheWritten: number;
  readonly stopReason: string;
  readonly latencyMs: number;
  readonly firstByteMs: number;
}

function answerOf({ inputTokens, outputTokens, cachedTokens = 0, latencyMs }: Application, slowdown: number, random: SeededRandom): Answer {
  const around = (value: number) => Math.max(1, Math.round(value * Math.exp((random.fraction() - 0.5) * 1.6)));
  const isHit = random.chance(0.88);
  const latency = Math.round(around(latencyMs) * slowdown);
  return {
    inputTokens: around(inputTokens),
    outputTokens: around(outputTokens),
    cacheRead: isHit ? cachedTokens : 0,
    cacheWritten: isHit ? 0 : cachedTokens,
    stopReason: random.chance(0.035) ? 'max_tokens' : 'end_turn',
    latencyMs: latency,
    firstByteMs: Math.round(latency * (0.12 + random.fraction() * 0.2)),
  };
}

function payloadOf({ stream }: Application, answer: Answer): object {
  const { inputTokens, outputTokens, cacheRead, cacheWritten } = answer;
  return {
    input: {
      inputContentType: 'application/json',
      inputBodyJson: {
        messages: [{ role: 'user', content: [{ text: 'example' }] }],
        inferenceConfig: { maxTokens: 4096, temperature: 0.2 },
      },
      inputTokenCount: inputTokens,
      ...(cacheRead > 0 && { cacheReadInputTokenCount: cacheRead }),
      ...(cacheWritten > 0 && { cacheWriteInputTokenCount: cacheWritten }),
    },
    output: {
      outputContentType: 'application/json',
      outputBodyJson: stream ? streamBody(answer) : converseBody(answer),
      outputTokenCount: outputTokens,
    },
  };
}

function converseBody({ inputTokens, outputTokens, cacheWritten, stopReason, latencyMs }: Answer): object {
  const cacheDetails = cacheWritten > 0 ? { cacheDetails: [{ ttl: '5m', inputTokens: cacheWritten }] } : {};
  return { stopReason, metrics: { latencyMs }, usage: { inputTokens, outputTokens, ...cacheDetails } };
}

function streamBody({ inputTokens, outputTokens, cacheWritten, stopReason, latencyMs, firstByteMs }: Answer): object[] {
  const cache_creation = { ephemeral_5m_input_tokens: cacheWritten, ephemeral_1h_input_tokens: 0 };
  return [
    { type: 'message_start', message: { usage: { input_tokens: inputTokens, output_tokens: outputTokens, cache_creation } } },
    { type: 'message_delta', delta: { stop_reason: stopReason } },
    { type: 'message_stop', 'amazon-bedrock-invocationMetrics': { invocationLatency: latencyMs, firstByteLatency: firstByteMs } },
  ];
}
