import type { PicoUsd } from '../../engine/pricing/types';
import { ExactSum } from '../replay/exact-sum';

/** What some calls cost, and what they would have cost. */
export class Comparison {
  public calls = 0;
  private readonly nowSum = new ExactSum();
  private readonly thenSum = new ExactSum();

  public add(now: PicoUsd | number, then: PicoUsd | number): void {
    this.calls += 1;
    this.nowSum.add(now);
    this.thenSum.add(then);
  }

  public addAll({ calls, now, then }: Comparison): void {
    this.calls += calls;
    this.nowSum.add(now);
    this.thenSum.add(then);
  }

  public get now(): PicoUsd {
    return this.nowSum.value;
  }

  public get then(): PicoUsd {
    return this.thenSum.value;
  }

  public get saves(): PicoUsd {
    return this.now - this.then;
  }
}
