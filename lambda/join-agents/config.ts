import { type AgentConfig, readAgentConfig } from '../../engine/agents/metering/agent-config';
import { type Environment, readRequired } from '../../engine/environment';

/** What the environment says about the join of agents with the ledger. */
export interface JoinConfig extends AgentConfig {
  readonly agentLogGroup: string;
  /** Without a ledger all costs are estimates. */
  readonly ledgerLogGroup?: string;
}

export function readJoinConfig(env: Environment): JoinConfig {
  return {
    ...readAgentConfig(env),
    agentLogGroup: readRequired(env, 'AGENT_LOG_GROUP'),
    ledgerLogGroup: env.LEDGER_LOG_GROUP || undefined,
  };
}
