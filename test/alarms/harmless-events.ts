import type { Incident } from './incident';
import { HOUR_MINUTES } from './simulated-time';

/** None of them may notify anyone. */
export const HARMLESS_EVENTS: readonly Incident[] = [
  { name: 'an ordinary working day', lasts: 1 },
  { name: 'an idle night', at: 20 * HOUR_MINUTES, lasts: 480, calls: () => [] },
  {
    name: 'one failed call out of two at night',
    at: 23 * HOUR_MINUTES,
    lasts: 240,
    calls: (call) => [call, { ...call, failure: 'server' as const }].slice(0, call.minute % 3),
  },
  { name: 'records that are twelve minutes late', lasts: 90, recordDelay: 12 },
  {
    name: 'a deployment: four minutes of errors and slow answers',
    lasts: 4,
    calls: (call, random) => [random.chance(0.1) ? { ...call, failure: 'client' } : { ...call, latencyMs: call.latencyMs * 3 }],
  },
  { name: 'a price that rises by a tenth', lasts: 600, at: 7 * HOUR_MINUTES, calls: (call) => [{ ...call, usd: 1.1 * (call.usd ?? 0) }] },
];
