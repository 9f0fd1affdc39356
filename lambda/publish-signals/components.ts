import { Signals } from '../../engine/telemetry/names';
import { numberOf, type QueryRow } from '../shared/sources';
import { MINUTE, type Signal } from './signal';

const SERVICE = 'fields resource.attributes.service.name as service';

/** Queries over the spans of Transaction Search, whose members have the names of OpenTelemetry. */
export const COMPONENT_QUERIES = {
  errors: `filter status.code = "ERROR" | ${SERVICE} | stats count(*) as errors by service, name | sort errors desc | limit 1`,
  latency: (atLeast: number) =>
    `filter ispresent(durationNano) | ${SERVICE} | stats pct(durationNano, 95) as p95, count(*) as spans by service, name | filter spans >= ${atLeast} | sort p95 desc | limit 1`,
} as const;

/** The component with most errors in 15 minutes, and the slowest among those with enough spans. */
export const components: Signal = async (sources, { spans, minimumCalls }, now) => {
  if (spans === undefined) {
    return [];
  }
  const from = now - 15 * MINUTE;
  const [worst] = await sources.rows(spans, COMPONENT_QUERIES.errors, from, now);
  const [slowest] = await sources.rows(spans, COMPONENT_QUERIES.latency(minimumCalls), from, now);
  return [
    { metric: Signals.COMPONENT_ERRORS, value: numberOf(worst, 'errors'), subject: componentOf(worst) },
    { metric: Signals.COMPONENT_LATENCY, value: numberOf(slowest, 'p95') / 1e6, subject: componentOf(slowest) },
  ];
};

const componentOf = (row: QueryRow | undefined): string | undefined => row && `${row.service ?? ''} ${row.name ?? ''}`.trim();
