import { NO_USAGE } from '../pricing/token-buckets';
import type { UnrecordedUsage } from './unrecorded-usage';

/** Sums of an hour that metrics of Bedrock have, and the account and Region in which they are. */
export interface MeteredHour {
  readonly hour: number;
  readonly accountId: string;
  readonly region: string;
}

/** The feature under which the price list has the units of guardrails. */
const GUARDRAILS = 'bedrock:guardrails';

/** The kind of the price list by a word in the type of a policy. Source: Amazon Bedrock User Guide, "Monitor Amazon Bedrock Guardrails". */
const KINDS: ReadonlyArray<readonly [word: RegExp, kind: string]> = [
  [/content/i, 'contentPolicyUnit'],
  [/topic/i, 'topicPolicyUnit'],
  [/word/i, 'wordPolicyUnit'],
  [/sensitive/i, 'sensitiveInformationUnit'],
  [/grounding/i, 'contextualGroundingUnit'],
  [/reasoning/i, 'automatedReasoningUnit'],
];

/** The text units of guardrails by the type of policy: each type has its price. Those of logged calls may be among them. */
export function usageOfGuardrails(units: ReadonlyMap<string, number>, at: MeteredHour): UnrecordedUsage[] {
  return present(units).map(([policy, count]) => {
    const kind = KINDS.find(([word]) => word.test(policy))?.[1];
    const of = { source: 'guardrail', ...partsOf(`guardrail ${policy}`, at), modelId: GUARDRAILS, tier: 'standard' } as const;
    return kind === undefined
      ? { ...of, reason: 'the type of the policy has no known price', flags: [] }
      : { ...of, usage: { ...NO_USAGE, units: { [kind]: count } }, flags: ['mayBeRecorded'] };
  });
}

/** Tokens of the endpoint `bedrock-mantle` by model. Its metrics know neither caches nor tiers: the cost is between two bounds. */
export function usageOfMantle(
  tokens: { readonly input: ReadonlyMap<string, number>; readonly output: ReadonlyMap<string, number> },
  at: MeteredHour,
): UnrecordedUsage[] {
  const models = new Map(present(tokens.input).concat(present(tokens.output)));
  return [...models.keys()].map((model) => ({
    source: 'mantle',
    ...partsOf(`mantle ${model}`, at),
    modelId: model,
    tier: 'standard',
    usage: { ...NO_USAGE, input: tokens.input.get(model) ?? 0, output: tokens.output.get(model) ?? 0 },
    inputMayBeCached: true,
    flags: ['tierUnknown'],
  }));
}

const present = (counts: ReadonlyMap<string, number>): Array<[string, number]> => [...counts].filter(([, count]) => count > 0);

const partsOf = (what: string, { hour, accountId, region }: MeteredHour) => ({
  id: `${what} ${accountId} ${region} ${new Date(hour).toISOString().slice(0, 13)}`,
  time: hour,
  accountId,
  region,
});
