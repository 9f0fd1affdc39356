import { AGENT_LINE_START, AgentLineKind } from '../../ledger/agent-members';
import { readObject, type Json } from '../../records/json';
import { readSpanId, readTime } from '../readers';
import type { Span } from '../span';
import { callOfLine, type CallState, keyOf } from './call-state';
import { type PublishedRun, runOfLine } from './run-line';
import { spanOfLine } from './span-line';

/** A line as CloudWatch Logs has it. */
export interface WrittenLine {
  /** When it was written, in milliseconds. */
  readonly arrival: number;
  readonly text: string;
}

/** A span and when it arrived. */
interface ArrivedSpan {
  readonly span: Span;
  readonly arrival: number;
}

/** What the lines of the agent meter and of the join say together: of several lines about one thing the last one holds. */
export interface AgentLines {
  readonly spans: readonly ArrivedSpan[];
  /** Calls as they are published, by trace and span. */
  readonly calls: ReadonlyMap<string, { readonly call: CallState; readonly text: string }>;
  /** Runs as they are published, by trace. */
  readonly runs: ReadonlyMap<string, PublishedRun>;
  /** Up to when calls of the ledger were compared with spans. */
  readonly comparedUntil?: number;
}

/** Reads agent lines; what is none is left out. */
export function readAgentLines(lines: readonly WrittenLine[]): AgentLines {
  const spans: ArrivedSpan[] = [];
  const calls = new Map<string, { readonly call: CallState; readonly text: string }>();
  const runs = new Map<string, PublishedRun>();
  let comparedUntil: number | undefined;
  for (const { arrival, text } of [...lines].sort((one, other) => one.arrival - other.arrival)) {
    const line = parsed(text);
    if (!line) continue;
    if (line.kind === AgentLineKind.SPAN) {
      const span = spanOfLine(line);
      if (span) spans.push({ span, arrival });
    } else if (line.kind === AgentLineKind.CALL) {
      const call = callOfLine(line, text);
      if (call) calls.set(keyOf(call), { call, text });
    } else if (line.kind === AgentLineKind.RUN) {
      const run = runOfLine(line, text);
      const traceId = readSpanId(line.traceId);
      if (run && traceId !== undefined) runs.set(traceId, run);
    } else if (line.kind === AgentLineKind.JOIN) {
      comparedUntil = Math.max(readTime(line.comparedUntil) ?? 0, comparedUntil ?? 0);
    }
  }
  return { spans, calls, runs, ...(comparedUntil !== undefined && { comparedUntil }) };
}

function parsed(text: string): Json | undefined {
  const line = text.trim();
  if (!line.startsWith(AGENT_LINE_START)) return undefined;
  try {
    return readObject(JSON.parse(line));
  } catch {
    return undefined;
  }
}
