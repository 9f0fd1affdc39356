import type { LedgerReader } from '../shared/ledger-reader';
import type { Sources } from '../shared/sources';
import type { SignalsConfig } from './config';

/** What a signal found: its value, and who or what is behind it. */
export interface Finding {
  readonly metric: string;
  /** Undefined while there is too little history to compare with: then nothing is published. */
  readonly value: number | undefined;
  /** Goes to the log, never to a metric. */
  readonly subject?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  /** The limit that the value was worked out under, where one was reached. Goes to the log. */
  readonly limit?: string;
  /** Why the value can never be known as things are. The run then counts as failed. */
  readonly failure?: string;
}

/** Where signals come from: history, and what is configured now. */
export interface SignalSources extends Sources {
  /** Answers in place of what the configuration names. */
  readonly ledgerReader?: LedgerReader;
  /** The log group to which Bedrock delivers invocation records; undefined where it delivers to none. */
  deliveryLogGroup(): Promise<string | undefined>;
}

/** Works out one or more signals at a moment. */
export type Signal = (sources: SignalSources, config: SignalsConfig, now: number) => Promise<readonly Finding[]>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
