/** How many similar names are named. */
const SUGGESTIONS = 3;

/**
 * What the user may have meant instead of an unknown name, for the end of a message; empty where no known name is like it.
 *
 * @example suggestion('flx', ['flex', 'batch']) is ": did you mean flex?"
 */
export function suggestion(unknown: string, known: readonly string[]): string {
  const near = nearest(unknown, known);
  return near.length === 0 ? '' : `: did you mean ${near.join(' or ')}?`;
}

function nearest(unknown: string, known: readonly string[]): string[] {
  const wanted = unknown.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const near = known
    // No more letters differ than that, so the others need no comparison, which takes long for a long text.
    .filter((name) => Math.abs(name.length - wanted.length) <= limit)
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit);
  const least = Math.min(limit, ...near.slice(0, 1000).map(({ distance }) => distance));
  return near.flatMap(({ name, distance }) => (distance === least ? [name] : [])).slice(0, SUGGESTIONS);
}

/** Letters that are added, left out, changed or swapped with their neighbour (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const changed = last[j - 1]! + (isSame ? 0 : 1);
      row.push(Math.min(changed, last[j]! + 1, row[j - 1]! + 1, isSwapped ? beforeLast[j - 2]! + 1 : Infinity));
    }
    [beforeLast, last] = [last, row];
  }
  return last[other.length]!;
}
