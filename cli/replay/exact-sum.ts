import type { PicoUsd } from '../../engine/pricing/types';

/** An exact sum of pico-dollars. Adds doubles while they are exact: adding a bigint for each record takes many times longer. */
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
