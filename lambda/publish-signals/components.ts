import { roleOf } from '../../engine/agents/operations';
import { ROLE_KEYS, ROLE_PLACES, SPAN_KEYS } from '../../engine/agents/span-keys';
import type { SpanRole } from '../../engine/agents/span';
import { Signals } from '../../engine/telemetry/names';
import { MAX_ROWS, numberOf, type QueryRow } from '../shared/sources';
import { limitOf } from './ledger-rows';
import { type Finding, MINUTE, type Signal } from './signal';

const attributes = (keys: readonly string[]): string => keys.map((key) => `attributes.${key}`).join(', ');

const COMPONENT = `resource.attributes.service.name as service, coalesce(${attributes(Object.values(ROLE_KEYS))}) as operation`;

/** Queries over spans, whose members have the names of OpenTelemetry. */
const COMPONENT_QUERIES = {
  /** Tools of some libraries fail with the status OK, and say so in an attribute. */
  failures: [
    `fields coalesce(${attributes(SPAN_KEYS.toolStatus.names)}) as toolStatus, ${COMPONENT}`,
    'filter status.code = "ERROR" or toolStatus in ["error", "ERROR", "failed", "failure"]',
    'stats count(*) as copies by spanId, parentSpanId, service, name',
    `limit ${MAX_ROWS}`,
  ].join(' | '),
  latency: (atLeast: number) =>
    [
      `fields ${COMPONENT}`,
      'filter ispresent(durationNano) and ispresent(operation)',
      'stats pct(durationNano, 95) as p95, count(*) as spans by service, name, operation',
      `filter spans >= ${atLeast}`,
      'sort p95 desc',
      `limit ${MAX_ROWS}`,
    ].join(' | '),
} as const;

/** Roles of spans that are judged by their time. Agents and steps take as long as what they call, and models have alarms of their own. */
const TIMED: ReadonlySet<SpanRole> = new Set(['tool', 'retrieval']);

/** The component with most errors in 15 minutes, and the slowest tool or retrieval among those with enough spans. */
export const components: Signal = async (sources, { spans, minimumCalls }, now) => {
  if (spans.length === 0) {
    return [];
  }
  const from = now - 15 * MINUTE;
  const failed = await sources.rows(spans, COMPONENT_QUERIES.failures, from, now);
  const timed = await sources.rows(spans, COMPONENT_QUERIES.latency(minimumCalls), from, now);
  return [worstOf(failed), slowestOf(timed)];
};

/** A failure of a span is also one of the spans above it: it counts once, where it happened. */
function worstOf(rows: readonly QueryRow[]): Finding {
  const parents = new Set(rows.map(({ parentSpanId }) => parentSpanId));
  const failures = new Map<string, Set<string>>();
  for (const row of rows) {
    const { spanId = '' } = row;
    if (!parents.has(spanId)) {
      const component = componentOf(row);
      failures.set(component, (failures.get(component) ?? new Set<string>()).add(spanId));
    }
  }
  const [worst] = [...failures].sort(([, a], [, b]) => b.size - a.size);
  return { metric: Signals.COMPONENT_ERRORS, value: worst?.[1].size ?? 0, subject: worst?.[0], limit: limitOf('Logs Insights', rows) };
}

function slowestOf(rows: readonly QueryRow[]): Finding {
  const [slowest] = rows.filter(({ operation }) => TIMED.has(roleNamed(operation)));
  const value = slowest && numberOf(slowest, 'p95') / 1e6;
  return { metric: Signals.COMPONENT_LATENCY, value, subject: slowest && componentOf(slowest), limit: limitOf('Logs Insights', rows) };
}

/** What a word for an operation means, whichever attribute has it. */
const roleNamed = (operation: string | undefined): SpanRole =>
  roleOf({ attributes: allOf(operation), hasModel: false, hasProvider: false, hasTokens: false }).role;

const allOf = (word: string | undefined): unknown[] => Array.from({ length: Math.max(...Object.values(ROLE_PLACES)) + 1 }, () => word);

const componentOf = ({ service = '', name = '' }: QueryRow): string => `${service} ${name}`.trim();
