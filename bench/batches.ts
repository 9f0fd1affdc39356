import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface SubscriptionEvent {
  readonly awslogs: { readonly data: string };
}

const ACCOUNT = '111122223333';

/** Called in turn, so a model that is listed twice gets twice the calls. */
const MODELS = [
  `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.anthropic.claude-sonnet-4-6`,
  `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.anthropic.claude-sonnet-4-6`,
  `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/global.anthropic.claude-haiku-4-5-20251001-v1:0`,
  'amazon.nova-micro-v1:0',
  'amazon.titan-embed-text-v2:0',
];

/** In nearly every text there is a character that is not ASCII, which makes it a string of two bytes a character in V8. */
const DASH = ' — ';

const SENTENCE = 'The quarterly report shows that revenue in the northern region "exceeded" plans, although costs rose.\n';

export function record(index: number, time: number, body: string | undefined): unknown {
  const modelId = MODELS[index % MODELS.length]!;
  const embedding = modelId.includes('embed');
  const messages = body && [{ role: 'user', content: [{ text: body.slice(0, body.length / 2) }] }];
  const content = body && [{ text: body.slice(body.length / 2) }];
  return {
    timestamp: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
    accountId: ACCOUNT,
    identity: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Assistant/user-${index % 40}@example.com` },
    region: 'us-east-1',
    requestId: randomUUID(),
    operation: embedding ? 'InvokeModel' : 'ConverseStream',
    modelId,
    requestMetadata: { team: `team-${index % 8}`, application: 'assistant' },
    input: {
      inputContentType: 'application/json',
      ...(messages && { inputBodyJson: { messages, inferenceConfig: { maxTokens: 1024, temperature: 0.2 } } }),
      inputTokenCount: 400 + (index % 997),
      ...(!embedding && { cacheReadInputTokenCount: index % 3 === 0 ? 12_000 : 0, cacheWriteInputTokenCount: index % 9 === 0 ? 800 : 0 }),
    },
    output: {
      outputContentType: 'application/json',
      ...(content && {
        outputBodyJson: {
          output: { message: { role: 'assistant', content } },
          stopReason: 'end_turn',
          metrics: { latencyMs: 900 + (index % 4000) },
        },
      }),
      ...(!embedding && { outputTokenCount: 50 + (index % 499) }),
    },
    ...(modelId.startsWith('arn') && { inferenceRegion: 'us-west-2' }),
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
  };
}

export interface BatchOptions {
  readonly records: number;
  /** Characters of prompt and completion in each record. 0, the default, means records without bodies. */
  readonly bodyLength?: number;
  /** Whether the text is ASCII alone. */
  readonly ascii?: boolean;
  /** Seconds over which the calls of the batch are spread. */
  readonly seconds?: number;
  readonly now: number;
}

/** A subscription event as CloudWatch Logs sends it. Each record has a new request id, so that none is ignored as a duplicate. */
export function batch({ records, bodyLength = 0, ascii = true, seconds = 10, now }: BatchOptions): SubscriptionEvent {
  const body = bodyLength > 0 ? textOf(bodyLength, ascii) : undefined;
  const logEvents = Array.from({ length: records }, (_, i) => {
    const time = now - seconds * 1000 + Math.floor((i * seconds * 1000) / records);
    return { id: String(i).padStart(56, '0'), timestamp: time, message: JSON.stringify(record(i, time, body && scramble(body, i))) };
  });
  const payload = {
    messageType: 'DATA_MESSAGE',
    owner: ACCOUNT,
    logGroup: '/aws/bedrock/invocations',
    logStream: 's',
    subscriptionFilters: ['f'],
  };
  return { awslogs: { data: gzipSync(JSON.stringify({ ...payload, logEvents })).toString('base64') } };
}

/** The words of a sentence again and again, in the one case with dashes between some. */
export function textOf(length: number, ascii: boolean): string {
  const sentence = ascii ? SENTENCE : SENTENCE.replace(', ', DASH);
  return sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}

/** The words of a body in another order for every record: the same text in all of them would compress to almost nothing. */
export function scramble(body: string, seed: number): string {
  let state = seed + 1;
  const words = body.split(' ');
  for (let i = words.length - 1; i > 0; i--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (i + 1);
    [words[i], words[other]] = [words[other]!, words[i]!];
  }
  return words.join(' ');
}
