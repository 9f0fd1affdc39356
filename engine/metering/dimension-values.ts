import type { PicoUsd } from '../pricing/types';
import { OTHER } from '../telemetry/names';

const HOUR = 3_600_000;

/** How many times as much a value must cost in one batch as the cheapest published one in the whole hour, to take its place. */
const DISPLACING = 4;

/** A value with metrics of its own: what it cost in this hour, in pico-dollars, and whether it was published in it. */
interface Published {
  cost: number;
  used: boolean;
}

/**
 * Bounds what a dimension costs: up to `cap` values have metrics of their own at a time, and further ones become `other`.
 *
 * CloudWatch bills a value for each hour in which it has data, so a value that was published stays for the hour. The values of
 * a batch are taken in the order of their cost. Callers choose the values of request metadata, so that cheap calls with many
 * made-up values could use up the cap: a value that costs much more than the cheapest published one takes its place.
 */
export class DimensionValues {
  private hour = 0;
  private readonly published = new Map<string, Published>();

  constructor(private readonly cap: number) {}

  /** Decides which values of a batch have metrics of their own. */
  public publish(costs: ReadonlyMap<string, PicoUsd>, now: number): void {
    this.startHour(Math.floor(now / HOUR));
    const newcomers: Array<[value: string, cost: number]> = [];
    for (const [value, pico] of costs) {
      const known = this.published.get(value);
      if (known) {
        known.cost += Number(pico);
        known.used = true;
      } else {
        newcomers.push([value, Number(pico)]);
      }
    }
    newcomers.sort(([, one], [, other]) => other - one);
    for (const [value, cost] of newcomers) {
      if (this.published.size >= this.cap && !this.displaceFor(cost)) {
        return;
      }
      this.published.set(value, { cost, used: true });
    }
  }

  /** The value, or what stands for all that have no metrics of their own. */
  public label(value: string): string {
    return this.published.has(value) ? value : OTHER;
  }

  /** What was not used in the last hour makes room. What was keeps half of its weight, so that it is not displaced at once. */
  private startHour(hour: number): void {
    if (hour === this.hour) {
      return;
    }
    this.hour = hour;
    this.published.forEach((known, value) => {
      if (known.used) {
        known.cost /= 2;
        known.used = false;
      } else {
        this.published.delete(value);
      }
    });
  }

  private displaceFor(cost: number): boolean {
    const [cheapest, known] = [...this.published].reduce((one, other) => (other[1].cost < one[1].cost ? other : one));
    if (cost < DISPLACING * known.cost || cost === 0) {
      return false;
    }
    this.published.delete(cheapest);
    return true;
  }
}
