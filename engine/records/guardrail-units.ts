import { readBodyCount } from './counters';
import { pathsOf } from './dialects';
import { isObject, valueAt, type Json } from './json';

/**
 * The text units of each policy in a guardrail's trace, by the kind of the catalogue: "GuardrailUsage" in the Bedrock Runtime
 * API reference.
 */
const KIND_OF_UNITS: ReadonlyMap<string, string> = new Map([
  ['topicPolicyUnits', 'topicPolicyUnit'],
  ['contentPolicyUnits', 'contentPolicyUnit'],
  ['contentPolicyImageUnits', 'contentPolicyImageUnit'],
  ['wordPolicyUnits', 'wordPolicyUnit'],
  ['sensitiveInformationPolicyUnits', 'sensitiveInformationUnit'],
  ['sensitiveInformationPolicyFreeUnits', 'sensitiveInformationFreeUnit'],
  ['contextualGroundingPolicyUnits', 'contextualGroundingUnit'],
  ['automatedReasoningPolicyUnits', 'automatedReasoningUnit'],
]);

const TRACES = pathsOf(({ response }) => response?.guardrailTrace);

/** An assessment lies below the id of its guardrail, that of an output in a list as well. */
const MAX_DEPTH = 3;

/**
 * What guardrails billed for a call, as their trace in the response says; undefined without a trace. The last trace of a
 * stream counts: it is not known whether earlier ones are parts of it.
 */
export function guardrailUnits(outputBody: unknown, flags: string[]): Record<string, number> | undefined {
  if (outputBody === undefined) {
    return undefined;
  }
  const chunks = Array.isArray(outputBody) ? [...(outputBody as unknown[])].reverse() : [outputBody];
  for (const chunk of chunks) {
    const usages = TRACES.flatMap((path) => usagesIn(valueAt(chunk, path), MAX_DEPTH));
    if (usages.length > 0) {
      return unitsOf(usages, flags);
    }
  }
  return undefined;
}

function usagesIn(assessments: unknown, depth: number): Json[] {
  if (typeof assessments !== 'object' || assessments === null || depth < 0) return [];
  const usage = valueAt(assessments, 'invocationMetrics.usage');
  return isObject(usage) ? [usage] : Object.values(assessments).flatMap((inside) => usagesIn(inside, depth - 1));
}

function unitsOf(usages: readonly Json[], flags: string[]): Record<string, number> | undefined {
  let units: Record<string, number> | undefined;
  for (const [name, kind] of KIND_OF_UNITS) {
    const counts = usages.map((usage) => readBodyCount(usage[name]) ?? 0);
    if (counts.some(Number.isNaN)) {
      flags.push('unreadableGuardrailUnits');
    }
    const sum = counts.reduce((total, count) => total + (count || 0), 0);
    units = sum > 0 ? { ...units, [kind]: sum } : units;
  }
  return units;
}
