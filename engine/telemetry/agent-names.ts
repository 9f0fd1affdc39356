/**
 * Metrics of agents, in the namespace of the meter. None of them is part of the cost of the account: each call that they count is
 * in the invocation log too, and in `llm.cost.usd`.
 *
 * A correction is a negative value in the minute of what it corrects, so sums over a time are right, and averages are not.
 */
export const AgentMetrics = {
  /** Spans that describe models, tools or agents; others, which are skipped; and messages that look like one and cannot be read. */
  SPANS_READ: 'agents.spans.read',
  SPANS_SKIPPED: 'agents.spans.skipped',
  SPANS_MALFORMED: 'agents.spans.malformed',
  /** Model calls, each once however many spans describe it. By agent and by model. */
  CALLS: 'agents.calls',
  /** Those that failed. By agent and by model. */
  CALLS_FAILED: 'agents.calls.failed',
  /** Those whose cost cannot be estimated, and those of another provider than Bedrock. */
  CALLS_UNPRICED: 'agents.calls.unpriced',
  CALLS_NOT_BEDROCK: 'agents.calls.other.provider',
  /** Tokens of counted calls, by type and by agent. */
  TOKENS: 'agents.tokens',
  /** Seconds to the first token of counted calls. By model. */
  FIRST_TOKEN: 'agents.first.token.duration',
  /** USD by what the spans say, as soon as a call counts. By agent and by model. */
  COST_ESTIMATE: 'agents.cost.estimate.usd',
  /** USD by the ledger, of calls whose record was found. By agent, by model, and by tool for calls that a tool made. */
  COST: 'agents.cost.usd',
  /** USD of calls of the ledger that no span describes, and how many these are. */
  COST_UNTRACED: 'agents.cost.untraced',
  CALLS_UNTRACED: 'agents.calls.untraced',
  /** Estimated USD of counted calls that have no record in the ledger, and how many these are. */
  COST_UNLOGGED: 'agents.cost.unlogged',
  CALLS_UNLOGGED: 'agents.calls.unlogged',
  /** Seconds of a tool, an agent, a retrieval or a counted model call. By operation, by tool and by agent; its sample count is how many there were. */
  DURATION: 'agents.operation.duration',
  /** Failures of tools, agents, retrievals and counted model calls. In total, by operation, by tool and by agent. */
  ERRORS: 'agents.operation.errors',
  /** Calls of tools, and those that failed, also where the status of the span says otherwise. By tool. */
  TOOL_CALLS: 'agents.tool.calls',
  TOOL_ERRORS: 'agents.tool.errors',
  /** Spans of agents: sub-agents have their own. By agent. */
  AGENT_RUNS: 'agents.invocations',
  /** Those that failed. In total: by agent it is `agents.operation.errors`. */
  AGENT_FAILURES: 'agents.invocations.failed',
  /** Traces that called a model, a tool or an agent, once they are quiet, and those whose outermost agent failed. By outermost agent. */
  RUNS: 'agents.runs',
  RUNS_FAILED: 'agents.runs.failed',
  /** Of such a trace: seconds from its first to its last span, model calls, and the most calls in a row of one tool with equal input. By outermost agent. */
  RUN_DURATION: 'agents.run.duration',
  RUN_CALLS: 'agents.run.model.calls',
  RUN_LOOP: 'agents.run.loop.calls',
  /**
   * Every five minutes, the worst among what had spans in them, also where it goes on: model calls of a run, the most calls in a
   * row of one tool with equal input, and USD of a session in the last three hours; and failures of one component, that is a tool, a
   * model, an agent or a retrieval of one service, in the last fifteen minutes. Which one it is stands in the log.
   */
  WORST_RUN_CALLS: 'agents.worst.run.model.calls',
  WORST_RUN_LOOP: 'agents.worst.run.loop.calls',
  WORST_SESSION_COST: 'agents.worst.session.cost.usd',
  WORST_COMPONENT_ERRORS: 'agents.worst.component.errors',
  /**
   * What AgentCore bills for runtimes, browsers and code interpreters, by their usage logs, where these are metered: USD, and USD by
   * which it could be higher where several prices are possible; vCPU hours and GB hours. By agent. It is no cost of a model, and is
   * in no metric of those.
   */
  RUNTIME_COST: 'agents.runtime.cost.usd',
  RUNTIME_COST_UNCERTAINTY: 'agents.runtime.cost.uncertainty.usd',
  RUNTIME_VCPU_HOURS: 'agents.runtime.vcpu.hours',
  RUNTIME_GB_HOURS: 'agents.runtime.gb.hours',
  /** Events of usage that were read, and those that have no price and add no cost. */
  USAGE_READ: 'agents.usage.read',
  USAGE_UNPRICED: 'agents.usage.unpriced',
  /** Runs of the join without a failure. An alarm watches for their absence, because then costs of agents are estimates. */
  JOIN_RUNS: 'agents.join.runs',
  /** Values of dimensions that had no metric of their own and were added up as `other`. Published where there are any. */
  VALUES_FOLDED: 'agents.dimension.values.folded',
} as const;
