import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random choices that are the same for the same seed, so that examples and simulations can be repeated. */
export class SeededRandom {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** From 0 to below 1. */
  public fraction(): number {
    return uniformFloat64(this.generator);
  }

  /** A whole number, both ends included. */
  public integer(min: number, max: number): number {
    return uniformInt(this.generator, min, max);
  }

  /** True with this probability. */
  public chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  public pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)]!;
  }

  /** One of the choices; one of twice the weight is taken twice as often. */
  public weighted<T extends { readonly weight: number }>(choices: readonly T[]): T {
    let left = this.fraction() * choices.reduce((sum, { weight }) => sum + weight, 0);
    return choices.find(({ weight }) => (left -= weight) < 0) ?? choices.at(-1)!;
  }

  public uuid(): string {
    const hex = (length: number) => Array.from({ length }, () => this.integer(0, 15).toString(16)).join('');
    return [8, 4, 4, 4, 12].map(hex).join('-');
  }
}
