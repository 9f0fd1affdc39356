import { readLedgerLine } from '../../engine/agents/recorded-call';
import { JOIN_TIMES, type LedgerCall } from '../../engine/agents/metering/agent-join';
import type { WrittenLine } from '../../engine/agents/metering/agent-lines';
import type { AgentDimensions } from '../../engine/agents/metering/agent-totals';
import { joinText } from '../../engine/agents/metering/join-text';
import { AGENT_LINE_PATTERN } from '../../engine/ledger/agent-members';
import { LEDGER_LINE_PATTERN } from '../../engine/ledger/members';
import type { SpanPricing } from '../shared/span-pricing';
import type { JoinConfig } from './config';
import type { LogLines } from './log-lines';

/** Lines of each log group that fit into the memory of the function with what is made of them. */
const MAX_LINES = 200_000;

/** What is read where the whole window has too many lines. Then spans that come late are counted on their own sooner. */
const WINDOWS = [JOIN_TIMES.WINDOW, JOIN_TIMES.WINDOW * 0.75, JOIN_TIMES.WINDOW * 0.5];

export interface RunJoinProps {
  readonly config: JoinConfig;
  readonly logLines: LogLines;
  readonly dimensions: AgentDimensions;
  readonly pricing: SpanPricing;
  readonly now: number;
}

interface Read {
  readonly agentLines: readonly WrittenLine[];
  readonly ledger?: readonly LedgerCall[];
  readonly from: number;
}

/** Joins what agents did with what the ledger has, and returns the text to be written. */
export async function runJoin({ config, logLines, dimensions, pricing, now }: RunJoinProps): Promise<string> {
  await pricing.prepare(now);
  const read = await readWindow(config, logLines, now);
  const text = joinText({ ...read, ...{ namespace: config.namespace, dimensions, pricing: pricing.pricing, now } });
  const cut = read.from > now - JOIN_TIMES.WINDOW ? `${limitNotice(now - read.from)}\n` : '';
  return text + cut;
}

async function readWindow({ agentLogGroup, ledgerLogGroup }: JoinConfig, logLines: LogLines, now: number): Promise<Read> {
  for (const window of WINDOWS) {
    const from = now - window;
    const [agentLines, ledgerLines] = await Promise.all([
      logLines.read(agentLogGroup, AGENT_LINE_PATTERN, from, now, MAX_LINES),
      ledgerLogGroup === undefined ? [] : logLines.read(ledgerLogGroup, LEDGER_LINE_PATTERN, from, now, MAX_LINES),
    ]);
    if (agentLines && ledgerLines) {
      return { agentLines, from, ...(ledgerLogGroup !== undefined && { ledger: ledgerLines.flatMap(ledgerCall) }) };
    }
  }
  throw new Error(
    `more than ${MAX_LINES} lines of agents or of the ledger in ${WINDOWS.at(-1)! / 60_000} minutes: costs of agents are estimates`,
  );
}

function ledgerCall({ text, arrival }: WrittenLine): LedgerCall[] {
  const record = readLedgerLine(text.trim());
  return record ? [{ record, arrival }] : [];
}

const limitNotice = (window: number): string =>
  JSON.stringify({
    level: 'WARN',
    message: `more than ${MAX_LINES} lines of agents or of the ledger: only those of the last ${window / 60_000} minutes were joined`,
  });
