import { timeOf } from './metric-store';

/** One simulated call. */
export interface Call {
  readonly minute: number;
  readonly model: string;
  readonly caller: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Undefined: a call without a price. */
  readonly usd?: number;
  readonly latencyMs: number;
  readonly failure?: 'client' | 'server' | 'throttle';
  readonly truncated: boolean;
}

/** What is ordinary in one application of the account. */
interface Application {
  readonly caller: string;
  readonly model: string;
  readonly weight: number;
  readonly tokens: Pick<Call, 'input' | 'output' | 'cacheRead' | 'cacheWrite'>;
  readonly usd: number;
  readonly latencyMs: number;
}

const role = (name: string, session = 'prod') => `arn:aws:sts::111122223333:assumed-role/${name}/${session}`;

export const APPLICATIONS: readonly Application[] = [
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

/** Repeatable random numbers from 0 up to 1. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
  const next = random(seed);
  const weights = APPLICATIONS.reduce((sum, { weight }) => sum + weight, 0);
  for (let minute = from; minute < to; minute++) {
    const expected = rate(minute);
    const count = Math.floor(expected) + (next() < expected % 1 ? 1 : 0);
    for (let i = 0; i < count; i++) {
      let at = next() * weights;
      const application = APPLICATIONS.find(({ weight }) => (at -= weight) < 0) ?? APPLICATIONS[0]!;
      const size = 0.6 + 0.8 * next();
      const { tokens } = application;
      yield {
        minute,
        caller: application.caller,
        model: application.model,
        input: Math.round(tokens.input * size),
        output: Math.round(tokens.output * size),
        cacheRead: Math.round(tokens.cacheRead * size),
        cacheWrite: Math.round(tokens.cacheWrite * size),
        usd: application.usd * size,
        latencyMs: application.latencyMs * (0.5 + 1.2 * next()),
        failure: next() < 0.01 ? 'client' : undefined,
        truncated: next() < 0.01,
      };
    }
  }
}
