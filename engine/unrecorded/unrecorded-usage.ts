import type { Source } from '../ledger/members';
import type { Tier, Usage } from '../pricing/types';

/** Something that is billed and that no invocation record describes: a batch job, an hour of capacity, the units of an hour. */
export interface UnrecordedUsage {
  readonly source: Source;
  /** The same whenever the same thing is read again, so that readers of the ledger count it once. */
  readonly id: string;
  /** In milliseconds. */
  readonly time: number;
  readonly accountId?: string;
  readonly region: string;
  readonly modelId: string;
  readonly tier: Tier;
  /** Further price axes, such as the commitment of capacity. */
  readonly spec?: Readonly<Record<string, string>>;
  /** Absent where it cannot be known; `reason` says why. */
  readonly usage?: Usage;
  readonly reason?: string;
  /** Whether input may have been read from the cache or written to it: the metric that was read does not tell. */
  readonly inputMayBeCached?: boolean;
  readonly flags: readonly string[];
}
