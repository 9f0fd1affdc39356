import type { BillLine } from '../../engine/bill/bill-line';
import type { SetAside } from '../../engine/bill/statements';

/** What was read of a bill, and what it cost to ask. */
export interface Bill {
  readonly lines: readonly BillLine[];
  /** Deliveries of a month that a later one replaces. */
  readonly setAside?: readonly SetAside[];
  /** Lines by account and usage type, where `lines` have no account. */
  readonly byAccount?: readonly BillLine[];
  /** Why there is no bill yet. */
  readonly notReady?: string;
  readonly requests: number;
  readonly requestUsd: number;
}

/** Reads the lines of the bill from a day up to, and without, another; also of days that are not settled, to state the lag. */
export interface BillReader {
  read(from: string, until: string): Promise<Bill>;
}
