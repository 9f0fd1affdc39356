import type { SeededRandom } from '../../local-cloudwatch/seeded-random';
import type { SimulatedAccount } from './simulated-account';
import { DAY_MINUTES, HOUR_MINUTES } from './simulated-time';
import type { Call } from './traffic';

/** Something that goes wrong, or only looks like it. */
export interface Incident {
  readonly name: string;
  /** The rule whose alarm must fire; absent for an event that must not notify anyone. */
  readonly alarm?: string;
  /** Minutes from the beginning within which a notification must be sent. */
  readonly within?: number;
  /** How long it lasts, in minutes. */
  readonly lasts: number;
  /** The minute of the day at which it begins, in UTC; 10:00 by default. */
  readonly at?: number;
  /** What becomes of each call while it lasts. */
  readonly calls?: (call: Call, random: SeededRandom) => readonly Call[];
  /** Records of its calls do not reach the meter. */
  readonly unmetered?: boolean;
  /** The log group to which records are delivered while it lasts, if it is another one. */
  readonly deliversTo?: string;
  /** What else happens in each minute while it lasts. */
  readonly minute?: (account: SimulatedAccount, minute: number) => void;
  /** Tokens that its busiest minute takes from the quota of a model. */
  readonly quotaTokens?: number;
  /** Minutes after which records are metered while it lasts. */
  readonly recordDelay?: number;
  /** On a Saturday instead of a Monday. */
  readonly weekend?: boolean;
  /** Minutes after its end until its alarm is OK again; 150 by default. */
  readonly recovers?: number;
  /** Its alarm looks back 24 hours and is still on when the simulation ends; the tests of its signal show that it ends. */
  readonly staysOn?: boolean;
  /** Needs the signals that read single calls, which take most of the time of a simulation. */
  readonly ledger?: boolean;
}

/** The day of the incidents: a Monday, after two weeks. */
const INCIDENT_DAY = 14 * DAY_MINUTES;
export const dayOf = ({ weekend }: Incident): number => INCIDENT_DAY - (weekend ? 2 * DAY_MINUTES : 0);
export const beginningOf = (incident: Incident): number => dayOf(incident) + (incident.at ?? 10 * HOUR_MINUTES);

/** Ways in which calls change. */
export const all = (change: Partial<Call>) => (call: Call) => [{ ...call, ...change }];
export const share = (part: number, change: Partial<Call>) => (call: Call, random: SeededRandom) => [
  random.chance(part) ? { ...call, ...change } : call,
];
export const ofModel = (model: string, change: Partial<Call>) => (call: Call) => [call.model === model ? { ...call, ...change } : call];
/** The call itself, and copies of it that succeed. */
export const times =
  (factor: number, change: Partial<Call> = {}) =>
  (call: Call) => [call, ...Array.from({ length: factor - 1 }, () => ({ ...call, failure: undefined, ...change }))];

/** A metric that AWS publishes in each minute. */
export const metric =
  (namespace: string, metricName: string, value: number, dimensions: Readonly<Record<string, string>> = {}) =>
  (account: SimulatedAccount, minute: number) =>
    account.put({ namespace, metricName, dimensions }, minute, value);
