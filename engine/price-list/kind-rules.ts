import { KINDS } from '../pricing/kinds';
import type { UsageFacts } from './usage-type';

/** Facts of a usage type that together make a kind of consumption. */
interface KindRule {
  readonly matches: (facts: UsageFacts) => boolean;
  readonly kind: (facts: UsageFacts, model: string) => string | undefined;
}

/** No two rules match the same facts. Facts that no rule matches are no kind of consumption that the catalogue prices. */
const KIND_RULES: readonly KindRule[] = [
  { matches: isProvisionedThroughput, kind: () => 'modelUnitHour' },
  { matches: isNamedKind, kind: ({ kind }) => kind },
  { matches: isCacheRead, kind: () => 'cacheRead' },
  { matches: isCacheWrite, kind: cacheWriteKind },
  { matches: isTokens, kind: tokenKind },
];

/** The kind of consumption, as the catalogue names it, that a usage type prices. */
export function kindOf(facts: UsageFacts, model: string): string | undefined {
  return KIND_RULES.find(({ matches }) => matches(facts))?.kind(facts, model);
}

function isProvisionedThroughput({ kind, tier, commitment, direction, cache }: UsageFacts): boolean {
  return kind === 'modelUnitHour' && tier === 'provisioned' && commitment !== undefined && !direction && !cache;
}

/** Customization and search units: the usage type names the kind itself. */
function isNamedKind(facts: UsageFacts): boolean {
  const { kind, direction, cache } = facts;
  return kind !== undefined && kind !== 'modelUnitHour' && !namesCapacity(facts) && !direction && !cache;
}

function isCacheRead(facts: UsageFacts): boolean {
  return isOnDemand(facts) && isCachedPrompt(facts) && facts.cache === 'read' && facts.ttl === undefined;
}

function isCacheWrite(facts: UsageFacts): boolean {
  return isOnDemand(facts) && isCachedPrompt(facts) && facts.cache === 'write';
}

function isTokens(facts: UsageFacts): boolean {
  const { cache, ttl, direction } = facts;
  return isOnDemand(facts) && cache === undefined && ttl === undefined && direction !== undefined;
}

/** Consumption of a model that is neither reserved nor named by the usage type itself. */
function isOnDemand(facts: UsageFacts): boolean {
  return facts.kind === undefined && !namesCapacity(facts);
}

function namesCapacity({ tier, commitment }: UsageFacts): boolean {
  return tier === 'provisioned' || commitment !== undefined;
}

/** Only text is cached, and only as input; `InputTokenCount` is part of some of these usage types and absent in others. */
function isCachedPrompt({ direction, modality }: UsageFacts): boolean {
  return direction !== 'output' && modality === undefined;
}

/** OpenAI models have one write rate, whatever lifetime their usage types name. A write without a lifetime is for 5 minutes. */
function cacheWriteKind({ ttl }: UsageFacts, model: string): string {
  return model.startsWith('openai.') ? 'cacheWrite30m' : `cacheWrite${ttl ?? '5m'}`;
}

/** Text is the modality that is not named. */
function tokenKind({ direction, modality }: UsageFacts): string | undefined {
  if (modality === undefined) return direction;
  const kind = `${modality}${direction === 'input' ? 'Input' : 'Output'}`;
  return Object.hasOwn(KINDS, kind) ? kind : undefined;
}
