import { splitGeography } from './geographies';

/** How many similar ids are named. */
const SUGGESTIONS = 3;

/**
 * The ids most similar to an unknown one, the best first: ids that continue it or that it continues, the shortest difference
 * first, then those that share the most pairs of letters. Routing prefixes do not count.
 */
export function nearestIds(id: string, known: readonly string[]): string[] {
  const wanted = splitGeography(id).model.toLowerCase();
  const wantedPairs = pairs(wanted);
  return known
    .map((model) => ({ model, score: prefixScore(wanted, model.toLowerCase()) + similarity(wantedPairs, pairs(model)) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, SUGGESTIONS)
    .map(({ model }) => model);
}

/** Above every likeness by pairs where one id is the beginning of the other. */
function prefixScore(one: string, other: string): number {
  return one !== '' && (other.startsWith(one) || one.startsWith(other)) ? 1 : 0;
}

function pairs(text: string): Set<string> {
  const lower = text.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, lower.length - 1) }, (_, at) => lower.slice(at, at + 2)));
}

/** The Sørensen–Dice coefficient: 1 for equal sets, 0 for sets that share nothing. */
function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return (2 * shared) / (one.size + other.size || 1);
}
