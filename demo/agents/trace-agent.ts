import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { parseUsd } from '../../engine/pricing/usd-text';
import type { Clients } from '../emulator/clients';
import { ROOT, SPAN_LOG_GROUP, USAGE_LOG_GROUP } from '../emulator/environment';
import type { Processes } from '../emulator/processes';
import { COLUMNS } from '../report/text-layout';
import { type AgentFigures, type AgentRun, naiveCost } from './agent-run';

/** What `traces` says about a run, whose costs are those of the deployed ledger. */
export interface AgentTrace extends AgentFigures {
  readonly costBasis: string;
  readonly callers: readonly string[];
  readonly expected: AgentRun['expected'];
  /** What adding up the prices of all spans gives, in pico-dollars. */
  readonly naiveCost: bigint;
  /** The tree, as it is shown to a user. */
  readonly tree: readonly string[];
}

interface TraceOutput {
  readonly traceId: string;
  readonly modelCalls: number;
  readonly tokens: Readonly<Record<string, number>>;
  readonly naiveTokens: Readonly<Record<string, number>>;
  readonly costUsd?: string;
  readonly costBasis: string;
  readonly callers: readonly string[];
}

export async function createAgentLogGroups(clients: Clients): Promise<void> {
  for (const logGroupName of [SPAN_LOG_GROUP, USAGE_LOG_GROUP]) await clients.logs.send(new CreateLogGroupCommand({ logGroupName }));
}

/** Reads the spans of a run in their log group, and the ledger of the deployed function, with `traces`. */
export async function traceAgent(
  agent: AgentRun,
  { processes, ledger, folder }: { processes: Processes; ledger: string; folder: string },
): Promise<AgentTrace> {
  const json = path.join(folder, 'traces.json');
  const commandLine = path.join(ROOT, 'assets', 'command-line', 'index.js');
  const args = [commandLine, 'traces', 'show', SPAN_LOG_GROUP, '--ledger', `logs:${ledger}`, '--json', json];
  const lines = await processes.run(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, COLUMNS: String(COLUMNS) },
    failureMessage: "the agent's spans could not be read from the deployed log groups: the lines above say why",
  });
  const { traces } = JSON.parse(await readFile(json, 'utf8')) as { readonly traces: readonly TraceOutput[] };
  const trace = traces.find(({ traceId }) => traceId === agent.traceId);
  return {
    modelCalls: trace?.modelCalls ?? 0,
    tokens: sumOf(trace?.tokens),
    naiveTokens: sumOf(trace?.naiveTokens),
    cost: parseUsd(trace?.costUsd ?? '0'),
    costBasis: trace?.costBasis ?? 'none',
    callers: trace?.callers ?? [],
    expected: agent.expected,
    naiveCost: naiveCost(),
    // Without the count of calls that are in no trace: those are the generated ones.
    tree: lines.slice(0, Math.max(0, lines.lastIndexOf(''))),
  };
}

const sumOf = (counts: Readonly<Record<string, number>> = {}): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
