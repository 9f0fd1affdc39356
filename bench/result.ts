/** One measured ratio, and the bound that it must keep. */
export interface Result {
  readonly name: string;
  readonly ratio: number;
  readonly bound: number;
  readonly better: 'lower' | 'higher';
  readonly details: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const holds = ({ ratio, bound, better }: Result): boolean => (better === 'lower' ? ratio <= bound : ratio >= bound);
