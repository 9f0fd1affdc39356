import type { RuntimeTotal } from '../../engine/agents/runtime-total';
import type { Flags } from './flags';

/** What a view shows beside the runs. */
export interface ViewContext {
  readonly flags: Flags;
  /** Of the terminal, in columns. */
  readonly width: number;
  /** What sessions used of AgentCore. */
  readonly usage: ReadonlyMap<string | undefined, RuntimeTotal>;
  /** Whether sessions of which there is no run are shown too. */
  readonly withoutRuns: boolean;
}
