import type { Tier } from '../pricing/types';
import { KNOWN_STEMS } from './known-names';

/** What the words of a usage type say. */
export interface UsageFacts {
  readonly model?: string;
  readonly direction?: 'input' | 'output';
  readonly cache?: 'read' | 'write';
  readonly ttl?: '5m' | '30m' | '1h';
  readonly modality?: 'speech' | 'audio' | 'image' | 'video';
  readonly routing?: 'global';
  readonly tier?: Tier;
  readonly longContext?: true;
  /** Sold on the mantle endpoint, where some models have other prices. */
  readonly mantle?: true;
  readonly commitment?: 'none' | '1m' | '6m';
  readonly kind?: 'modelMonth' | 'training' | 'modelUnitHour' | 'searchUnit';
}

/** The vocabulary of usage types. A usage type with a word that is not here is unclassified and not priced. */
const WORDS: readonly (readonly [RegExp, UsageFacts])[] = [
  [/cache[-_]?read/iy, { cache: 'read' }],
  [/cache[-_]?write/iy, { cache: 'write' }],
  [/1h/iy, { ttl: '1h' }],
  [/30m/iy, { ttl: '30m' }],
  [/5m/iy, { ttl: '5m' }],
  [/input/iy, { direction: 'input' }],
  [/output|response/iy, { direction: 'output' }],
  [/speech/iy, { modality: 'speech' }],
  [/audio/iy, { modality: 'audio' }],
  [/image/iy, { modality: 'image' }],
  [/video/iy, { modality: 'video' }],
  [/cross[-_]region[-_]global|global/iy, { routing: 'global' }],
  [/batch/iy, { tier: 'batch' }],
  [/flex/iy, { tier: 'flex' }],
  [/priority/iy, { tier: 'priority' }],
  [/latency[-_]?optimized/iy, { tier: 'latency' }],
  [/custom[-_]model/iy, { tier: 'custom' }],
  [/customization[-_]storage/iy, { tier: 'custom', kind: 'modelMonth' }],
  [/customization[-_]training/iy, { tier: 'custom', kind: 'training' }],
  [/provisioned[-_]?throughput/iy, { tier: 'provisioned' }],
  [/no[-_]?commit/iy, { commitment: 'none' }],
  [/1[-_]?month(commit)?/iy, { commitment: '1m' }],
  [/6[-_]?months?(commit)?/iy, { commitment: '6m' }],
  [/model[-_]?units(_usage)?/iy, { kind: 'modelUnitHour' }],
  [/long[-_](context|ctx)/iy, { longContext: true }],
  [/search[-_]?units?/iy, { kind: 'searchUnit' }],
  [/mantle/iy, { mantle: true }],
  [/standard|million|tokens?|count|text/iy, {}],
];

const SEPARATORS = /[-_]*/y;

/**
 * Takes a usage type apart, for example `USE1-NovaMicro-input-tokens-batch` or `USE1-MP:USE1_InputTokenCount_Global-Units`.
 *
 * @returns undefined if a word of it is not known, or two of its words contradict each other
 */
export function readUsageType(usagetype: string): UsageFacts | undefined {
  const [, marketplace, plain] = /^(?:[A-Z0-9]+-)?(?:MP:[A-Z0-9]+_(.+)-Units|(.+))$/.exec(usagetype) ?? [];
  if (marketplace !== undefined) return readWords(marketplace);

  const [stem] = KNOWN_STEMS.find(([known]) => plain?.startsWith(`${known}-`)) ?? [];
  const ofStem = stem === undefined ? undefined : readWords(plain!.slice(stem.length + 1));
  if (ofStem) return { ...ofStem, model: stem! };

  // Any other model ends at the first dash after which every word is known.
  for (let dash = plain?.indexOf('-') ?? -1; dash > 0; dash = plain!.indexOf('-', dash + 1)) {
    const facts = readWords(plain!.slice(dash + 1));
    if (facts) return { ...facts, model: plain!.slice(0, dash) };
  }
  return undefined;
}

function readWords(text: string): UsageFacts | undefined {
  let facts: UsageFacts = {};
  let at = 0;
  while (at < text.length) {
    const found = WORDS.find(([word]) => matchesAt(word, text, at));
    if (!found) return undefined;
    const [word, meaning] = found;
    if (contradict(facts, meaning)) return undefined;
    facts = { ...facts, ...meaning };
    matchesAt(SEPARATORS, text, word.lastIndex);
    at = SEPARATORS.lastIndex;
  }
  return facts;
}

/** Whether a sticky expression matches at a position; it leaves `lastIndex` behind the match. */
function matchesAt(expression: RegExp, text: string, position: number): boolean {
  expression.lastIndex = position;
  return expression.test(text);
}

function contradict(facts: UsageFacts, more: UsageFacts): boolean {
  return Object.entries(more).some(([fact, value]) => (facts[fact as keyof UsageFacts] ?? value) !== value);
}
