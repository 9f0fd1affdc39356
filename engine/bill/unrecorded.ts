/**
 * What Bedrock bills and no invocation record says, by the words of the usage type. The first row that matches counts; tokens of
 * ordinary calls match none. The names are those of the member `source` of ledger lines, where there are such lines.
 */
const UNRECORDED: readonly (readonly [usageType: RegExp, source: string])[] = [
  [/batch/i, 'batch'],
  [/reserved/i, 'reserved'],
  [/provisioned[-_]?throughput/i, 'provisioned'],
  [/customization|custom[-_]?model[-_]?(storage|unit)/i, 'customModel'],
  [/guardrail|(content|topic|word)[-_]?policy/i, 'guardrail'],
  [/mantle/i, 'mantle'],
  [/agent[-_]?core|(runtime|browser|code[-_]?interpreter|gateway|memory|identity):/i, 'agentCore'],
  [/search[-_]?units?|rerank/i, 'rerank'],
  [/knowledge[-_]?base|flow|prompt[-_]?optimi|data[-_]?automation|evaluation/i, 'feature'],
];

/** The source of a charge of which there is no invocation record; undefined for calls that write one. */
export const unrecordedSource = (usageType: string): string | undefined => UNRECORDED.find(([pattern]) => pattern.test(usageType))?.[1];
