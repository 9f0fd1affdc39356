/** The same numbers for the same seed (mulberry32). */
export class SeededRandom {
  constructor(private state: number) {}

  /** From 0 to below 1. */
  public fraction(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** One of the choices, the heavier ones more often. */
  public weighted<T extends { readonly weight: number }>(choices: readonly T[]): T {
    let left = this.fraction() * choices.reduce((sum, { weight }) => sum + weight, 0);
    return choices.find(({ weight }) => (left -= weight) < 0) ?? choices[choices.length - 1]!;
  }

  public uuid(): string {
    const hex = (length: number) => Array.from({ length }, () => Math.floor(this.fraction() * 16).toString(16)).join('');
    return [8, 4, 4, 4, 12].map(hex).join('-');
  }
}
