import type { Sources } from '../shared/sources';
import type { SignalsConfig } from './config';

/** What a signal says: its value, and who or what is behind it. */
export interface Finding {
  readonly metric: string;
  /** Undefined while there is too little history: nothing is published then. */
  readonly value: number | undefined;
  readonly subject?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Works out one or more signals at a moment. */
export type Signal = (sources: Sources, config: SignalsConfig, now: number) => Promise<readonly Finding[]>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Of history, in days, below which nothing is compared. */
export const WARM_UP_DAYS = 3;
export const BASELINE_DAYS = 7;

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
