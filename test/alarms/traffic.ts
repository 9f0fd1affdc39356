import { SeededRandom } from '../../local-cloudwatch/seeded-random';
import { timeOf } from './simulated-time';

/** One simulated call. */
export interface Call {
  readonly minute: number;
  readonly model: string;
  readonly caller: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Undefined for a call without a price. */
  readonly usd?: number;
  readonly latencyMs: number;
  readonly failure?: 'client' | 'server' | 'throttle';
  readonly truncated: boolean;
}

/** One application of the account in ordinary times. */
interface Application {
  readonly caller: string;
  readonly model: string;
  readonly weight: number;
  readonly tokens: Pick<Call, 'input' | 'output' | 'cacheRead' | 'cacheWrite'>;
  readonly usd: number;
  readonly latencyMs: number;
}

const role = (name: string, session = 'prod') => `arn:aws:sts::111122223333:assumed-role/${name}/${session}`;

const APPLICATIONS: readonly Application[] = [
  {
    caller: role('assistant'),
    model: 'us.anthropic.claude-sonnet-4-6',
    weight: 3,
    tokens: { input: 700, output: 350, cacheRead: 2400, cacheWrite: 200 },
    usd: 0.0089,
    latencyMs: 3000,
  },
  {
    caller: role('search'),
    model: 'amazon.nova-pro-v1:0',
    weight: 4,
    tokens: { input: 1500, output: 250, cacheRead: 0, cacheWrite: 0 },
    usd: 0.0078,
    latencyMs: 1500,
  },
  {
    caller: role('reports'),
    model: 'anthropic.claude-3-5-haiku-20241022-v1:0',
    weight: 3,
    tokens: { input: 900, output: 500, cacheRead: 1800, cacheWrite: 0 },
    usd: 0.0072,
    latencyMs: 2000,
  },
];

/** Calls a minute: busy on working days, quiet at night, slow at weekends. */
export function ordinaryRate(minute: number): number {
  const time = new Date(timeOf(minute));
  const hour = time.getUTCHours() + time.getUTCMinutes() / 60;
  const daylight = Math.max(0, Math.sin(((hour - 6) / 13) * Math.PI));
  const weekend = time.getUTCDay() === 0 || time.getUTCDay() === 6;
  return 0.3 + daylight * (weekend ? 3 : 9);
}

/** The calls of ordinary days: about one in a hundred fails, about one in a hundred is cut off. */
export function* ordinaryCalls(from: number, to: number, seed: number, rate = ordinaryRate): Generator<Call> {
  const random = new SeededRandom(seed);
  for (let minute = from; minute < to; minute++) {
    const expected = rate(minute);
    const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
    for (let i = 0; i < count; i++) {
      yield ordinaryCall(minute, random);
    }
  }
}

function ordinaryCall(minute: number, random: SeededRandom): Call {
  const { caller, model, tokens, usd, latencyMs } = random.weighted(APPLICATIONS);
  const size = 0.6 + 0.8 * random.fraction();
  return {
    minute,
    caller,
    model,
    input: Math.round(tokens.input * size),
    output: Math.round(tokens.output * size),
    cacheRead: Math.round(tokens.cacheRead * size),
    cacheWrite: Math.round(tokens.cacheWrite * size),
    usd: usd * size,
    latencyMs: latencyMs * (0.5 + 1.2 * random.fraction()),
    failure: random.chance(0.01) ? 'client' : undefined,
    truncated: random.chance(0.01),
  };
}
