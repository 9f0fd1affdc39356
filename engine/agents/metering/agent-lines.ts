import { AGENT_LINE_START, AgentLineKind } from '../../ledger/agent-members';
import { readObject, type Json } from '../../records/json';
import { readSpanId, readTime } from '../readers';
import type { Span } from '../span';
import { callOfLine, type CallState, keyOf } from './call-state';
import { type PublishedRun, runOfLine } from './run-line';
import { spanOfLine } from './span-line';
import { type SessionUsage, usageOfLine } from './usage-lines';

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
  /** What sessions used of AgentCore: to be added up. */
  readonly usage: readonly SessionUsage[];
  /** Up to when calls of the ledger were compared with spans. */
  readonly comparedUntil?: number;
}

interface Draft {
  readonly spans: ArrivedSpan[];
  readonly calls: Map<string, { readonly call: CallState; readonly text: string }>;
  readonly runs: Map<string, PublishedRun>;
  readonly usage: SessionUsage[];
  comparedUntil?: number;
}

type Reader = (line: Json, written: WrittenLine, draft: Draft) => void;

const READERS: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  [
    AgentLineKind.SPAN,
    (line, { arrival }, { spans }) => {
      const span = spanOfLine(line);
      if (span) spans.push({ span, arrival });
    },
  ],
  [
    AgentLineKind.CALL,
    (line, { text }, { calls }) => {
      const call = callOfLine(line, text);
      if (call) calls.set(keyOf(call), { call, text });
    },
  ],
  [
    AgentLineKind.RUN,
    (line, { text }, { runs }) => {
      const run = runOfLine(line, text);
      const traceId = readSpanId(line.traceId);
      if (run && traceId !== undefined) runs.set(traceId, run);
    },
  ],
  [
    AgentLineKind.USAGE,
    (line, { text }, { usage }) => {
      const used = usageOfLine(line, text);
      if (used) usage.push(used);
    },
  ],
  [
    AgentLineKind.JOIN,
    (line, _, draft) => {
      draft.comparedUntil = Math.max(readTime(line.comparedUntil) ?? 0, draft.comparedUntil ?? 0);
    },
  ],
]);

/** Reads agent lines; what is none is left out. */
export function readAgentLines(lines: readonly WrittenLine[]): AgentLines {
  const draft: Draft = { spans: [], calls: new Map(), runs: new Map(), usage: [] };
  for (const written of [...lines].sort((one, other) => one.arrival - other.arrival)) {
    const line = parsed(written.text);
    if (line) READERS.get(line.kind)?.(line, written, draft);
  }
  return draft;
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
