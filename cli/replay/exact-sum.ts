import type { PicoUsd } from '../../engine/pricing/types';

/** A sum of pico-dollars. What a double holds exactly is added as one, which is many times faster than bigints. */
export class ExactSum {
  private carried = 0n;
  private small = 0;

  public add(amount: PicoUsd | number): void {
    if (typeof amount === 'bigint') {
      this.carried += amount;
      return;
    }
    const sum = this.small + amount;
    if (sum <= Number.MAX_SAFE_INTEGER) {
      this.small = sum;
    } else {
      this.carried += BigInt(this.small) + BigInt(amount);
      this.small = 0;
    }
  }

  public get value(): PicoUsd {
    return this.carried + BigInt(this.small);
  }
}
