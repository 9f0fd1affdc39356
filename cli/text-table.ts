import Table from 'cli-table3';
import pc from 'picocolors';

/** A table without rules: columns two spaces apart, numbers to the right, the head in bold. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>, right: readonly number[] = []): string {
  const drawn = new Table({
    chars: Object.fromEntries(EDGES.map((edge) => [edge, ''])),
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  });
  drawn.push(
    head.map((title) => pc.bold(title)),
    ...rows.map((row) => [...row]),
  );
  return drawn
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

const EDGES = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];
