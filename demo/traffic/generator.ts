import type { Status } from '../../engine/rating/rater';
import { SeededRandom } from '../../local-cloudwatch/seeded-random';
import { bodiesOf } from './bodies';
import { ALONE, type Member, memberName, memberOf } from './members';
import { costOf, type Tokens } from './rates';
import type { LogRecord } from './records';
import type { Traffic } from './traffic';
import { type Workload, WORKLOADS } from './workloads';

const CALLS = 400;
const MINUTES = 45;

/** Some calls fail, so that an alarm fires: from and until so many minutes before the end. */
const OUTAGE = { from: 30, until: 14, failures: 0.3 };

const EVERYDAY_ERRORS = ['ThrottlingException', 'ValidationException'];

interface Options {
  readonly seed?: number;
  /** Who calls, in turn. */
  readonly members?: readonly Member[];
}

/** Bedrock traffic that ends at the given moment. The same seed gives the same calls. */
export function generate(end: Date, { seed = 3, members = ALONE }: Options = {}): Required<Traffic> {
  const random = new SeededRandom(seed);
  const records: LogRecord[] = [];
  const byStatus: Record<Status, number> = { priced: 0, unpriced: 0, ignored: 0, malformed: 0 };
  let cost = 0n;
  const byMember = new Map<string, bigint>();
  const add = (status: Status, time: Date, record: object | string) => {
    byStatus[status] += 1;
    records.push({ time, message: typeof record === 'string' ? record : JSON.stringify(record) });
  };

  for (let call = 0; call < CALLS; call += 1) {
    const minutesLeft = MINUTES * (1 - call / CALLS);
    const time = new Date(Math.floor((end.getTime() - minutesLeft * 60_000) / 1000) * 1000);
    const workload = random.weighted(WORKLOADS);
    const tokens = tokensOf(workload, random);
    const member = memberOf(members, call);
    const envelope = envelopeOf(workload, time, random, member);
    const record = { ...envelope, ...payloadOf(workload, tokens, random) };

    if (minutesLeft <= OUTAGE.from && minutesLeft > OUTAGE.until && random.chance(OUTAGE.failures)) {
      add('ignored', time, failed(envelope, 'ServiceUnavailableException'));
      continue;
    }
    if (random.chance(0.02)) {
      add('ignored', time, failed(envelope, random.pick(EVERYDAY_ERRORS)));
      continue;
    }
    if (workload.operation === 'ConverseStream' && random.chance(0.1)) {
      // As in some logs of accounts: a record with zero counters, then the real one with the same request id.
      add('ignored', time, { ...envelope, input: { inputTokenCount: 0 }, output: { outputTokenCount: 0 } });
    }
    const price = costOf(workload.profile, tokens);
    add(price === undefined ? 'unpriced' : 'priced', time, record);
    cost += price ?? 0n;
    addTo(byMember, memberName(member), price);
    if (call % 97 === 50) {
      // CloudWatch Logs delivers at least once.
      add('ignored', time, record);
    }
  }
  add('malformed', end, '{"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-');
  const minutesBefore = (minutes: number) => new Date(end.getTime() - minutes * 60_000);
  const moments = { before: minutesBefore(OUTAGE.from), during: minutesBefore(OUTAGE.until), after: end };
  return { records, moments, expected: { cost, byStatus, byMember } };
}

function addTo(byMember: Map<string, bigint>, name: string, cost = 0n): void {
  byMember.set(name, (byMember.get(name) ?? 0n) + cost);
}

function tokensOf(workload: Workload, random: SeededRandom): Tokens {
  const prefix = workload.cached ? random.integer(...workload.cached) : 0;
  const written = random.chance(0.2);
  return {
    input: random.integer(...workload.input),
    output: workload.output ? random.integer(...workload.output) : 0,
    cacheRead: written ? 0 : prefix,
    // Without a body the lifetime is unknown; the meter then takes the lower rate.
    cacheWrite5m: written && workload.lifetime !== '1h' ? prefix : 0,
    cacheWrite1h: written && workload.lifetime === '1h' ? prefix : 0,
  };
}

function envelopeOf(workload: Workload, time: Date, random: SeededRandom, { account, region }: Member) {
  const profile = /^(us|global)\./.exec(workload.profile)?.[1];
  return {
    timestamp: time.toISOString().replace('.000Z', 'Z'),
    accountId: account,
    identity: { arn: `arn:aws:sts::${account}:assumed-role/${workload.caller}` },
    region,
    requestId: random.uuid(),
    operation: workload.operation,
    modelId: workload.asArn ? `arn:aws:bedrock:${region}:${account}:inference-profile/${workload.profile}` : workload.profile,
    ...(workload.metadata && { requestMetadata: workload.metadata }),
    ...(profile && { inferenceRegion: profile === 'us' ? (random.chance(0.5) ? 'us-west-2' : 'us-east-2') : 'eu-west-1' }),
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
  };
}

function payloadOf(workload: Workload, tokens: Tokens, random: SeededRandom) {
  const answer = { latencyMs: 300 + tokens.output * random.integer(2, 5), truncated: random.chance(0.03) };
  const { inputBodyJson, outputBodyJson } = bodiesOf(workload, tokens, answer);
  const type = 'application/json';
  return {
    input: {
      inputContentType: type,
      ...(inputBodyJson !== undefined && { inputBodyJson }),
      inputTokenCount: tokens.input,
      ...(workload.cached && {
        cacheReadInputTokenCount: tokens.cacheRead,
        cacheWriteInputTokenCount: tokens.cacheWrite5m + tokens.cacheWrite1h,
      }),
    },
    output: {
      outputContentType: type,
      ...(outputBodyJson !== undefined && { outputBodyJson }),
      ...(workload.output && { outputTokenCount: tokens.output }),
    },
  };
}

function failed(envelope: object, errorCode: string): object {
  return { ...envelope, errorCode, input: { inputContentType: 'application/json' }, output: {} };
}
