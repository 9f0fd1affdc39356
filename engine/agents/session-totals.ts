import type { PicoUsd } from '../pricing/types';
import { TraceSurroundings } from './metering/surroundings';
import type { RuntimeTotal } from './runtime-total';
import type { SpanTokens } from './span';
import { NO_TOKENS, plus } from './token-sums';
import type { TraceRun } from './trace-run';

/** What was done and paid in a session. */
export interface SessionTotal {
  /** Absent for what names no session. */
  readonly session?: string;
  readonly traces: number;
  readonly agents: readonly string[];
  readonly modelCalls: number;
  readonly tokens: SpanTokens;
  readonly errors: number;
  /** Of model calls. */
  readonly cost: { readonly low: PicoUsd; readonly high: PicoUsd };
  readonly costBasis: TraceRun['costBasis'];
  readonly unpriced: number;
  /** Of AgentCore; absent where no usage was given, or none of this session has arrived. */
  readonly runtime?: RuntimeTotal;
}

type Draft = { -readonly [Name in keyof Omit<SessionTotal, 'agents' | 'costBasis' | 'runtime'>]: SessionTotal[Name] } & {
  readonly agents: Set<string>;
  readonly bases: Set<'ledger' | 'estimate'>;
  priced: number;
};

/** Adds up runs by session. A call belongs to the session of the nearest span above it that has one. */
export class SessionTotals {
  private readonly drafts = new Map<string | undefined, Draft>();

  public add(run: TraceRun): void {
    const surroundings = new TraceSurroundings(run.trace.tree);
    const only = run.sessionIds.length === 1 ? run.sessionIds[0] : undefined;
    for (const session of run.sessionIds.length === 0 ? [undefined] : run.sessionIds) {
      const draft = this.draft(session);
      draft.traces += 1;
      run.agents.forEach((agent) => draft.agents.add(agent));
    }
    // Failures are counted for a trace, so in a trace of several sessions they are of none.
    this.draft(only).errors += run.errors;
    for (const { call, cost } of run.calls) {
      const draft = this.draft(surroundings.of(call).session ?? only);
      draft.modelCalls += call.basis === 'model' ? 1 : 0;
      draft.tokens = plus(draft.tokens, cost.tokens ?? call.tokens);
      draft.cost = { low: draft.cost.low + cost.low, high: draft.cost.high + cost.high };
      if (cost.state === 'priced' || cost.state === 'unpriced') draft.bases.add(cost.basis);
      draft.priced += cost.state === 'priced' ? 1 : 0;
      draft.unpriced += cost.state === 'unpriced' ? 1 : 0;
    }
  }

  /** @param usage of AgentCore by session; those without a run are added with `withoutRuns` */
  public all(usage: ReadonlyMap<string | undefined, RuntimeTotal>, withoutRuns: boolean): SessionTotal[] {
    if (withoutRuns) for (const session of usage.keys()) this.draft(session);
    return [...this.drafts.values()].filter(isUsed(usage)).map(({ agents, bases, priced, ...draft }) => ({
      ...draft,
      agents: [...new Set([...agents, ...(usage.get(draft.session)?.agents ?? [])])],
      costBasis: priced === 0 ? 'none' : bases.has('estimate') ? 'estimate' : 'ledger',
      runtime: usage.get(draft.session),
    }));
  }

  private draft(session: string | undefined): Draft {
    const known = this.drafts.get(session);
    if (known) return known;
    const created: Draft = {
      ...{ session, traces: 0, modelCalls: 0, tokens: NO_TOKENS, errors: 0, cost: { low: 0n, high: 0n }, unpriced: 0 },
      ...{ agents: new Set<string>(), bases: new Set<'ledger' | 'estimate'>(), priced: 0 },
    };
    this.drafts.set(session, created);
    return created;
  }
}

/** What names no session is shown only where there is any. */
const isUsed =
  (usage: ReadonlyMap<string | undefined, RuntimeTotal>) =>
  ({ session, traces, modelCalls, errors }: Draft): boolean =>
    session !== undefined || traces + modelCalls + errors > 0 || usage.has(undefined);
