import { divideHalfEven } from '../pricing/divide-half-even';
import type { PicoUsd } from '../pricing/types';
import { type RuntimeRate, runtimeRates } from './runtime-prices';
import { type RuntimeUsage, usageKey } from './runtime-usage';

/** Hours in integers of 10⁻¹⁵, so that the sum is the same in every order. */
const HOUR_DECIMALS = 15;
const HOUR = 10n ** BigInt(HOUR_DECIMALS);

const femto = (hours: number): bigint => BigInt((hours * 10 ** HOUR_DECIMALS).toFixed(0));
const hoursOf = (sum: bigint | undefined): number | undefined => (sum === undefined ? undefined : Number(sum) / 10 ** HOUR_DECIMALS);
const plus = (sum: bigint | undefined, hours: number | undefined): bigint | undefined =>
  hours === undefined ? sum : (sum ?? 0n) + femto(hours);

/** What makes the cost of a runtime less than exact. */
export const RuntimeFlags = {
  /** The platform versions V1 and V2 of runtimes have different prices, and usage does not say which one it is of. */
  VERSION_UNKNOWN: 'runtimeVersionUnknown',
  /** Part of the usage has no price, and is not in the cost. */
  UNPRICED: 'runtimeUnpriced',
  /** An event had vCPU hours or GB hours alone. */
  INCOMPLETE: 'runtimeUsageIncomplete',
} as const;

/** What was used, and what it costs: the least and the most where several prices are possible. */
export class RuntimeTotal {
  public seconds = 0;
  public events = 0;
  public unpriced = 0;
  public readonly agents = new Set<string>();
  private vcpu?: bigint;
  private memory?: bigint;
  private low = 0n;
  private high = 0n;
  private isUncertain = false;
  private isIncomplete = false;

  /** @param region taken where an event does not name its own */
  constructor(private readonly region: string) {}

  /** Absent where no event says it. */
  public get vcpuHours(): number | undefined {
    return hoursOf(this.vcpu);
  }

  public get gbHours(): number | undefined {
    return hoursOf(this.memory);
  }

  /** Absent where nothing of it has a price. Rounded once, for all events together: one of them can cost less than a pico-dollar. */
  public get cost(): { readonly low: PicoUsd; readonly high: PicoUsd } | undefined {
    if (this.unpriced === this.events) return undefined;
    return { low: divideHalfEven(this.low, HOUR), high: divideHalfEven(this.high, HOUR) };
  }

  public get flags(): string[] {
    return [
      ...(this.isUncertain ? [RuntimeFlags.VERSION_UNKNOWN] : []),
      ...(this.unpriced > 0 ? [RuntimeFlags.UNPRICED] : []),
      ...(this.isIncomplete ? [RuntimeFlags.INCOMPLETE] : []),
    ];
  }

  public add({ resource, region = this.region, time, vcpuHours, gbHours, seconds = 0, agent }: RuntimeUsage): void {
    this.events += 1;
    this.vcpu = plus(this.vcpu, vcpuHours);
    this.memory = plus(this.memory, gbHours);
    this.seconds += seconds;
    if (agent !== undefined) this.agents.add(agent);
    if (vcpuHours === undefined || gbHours === undefined) this.isIncomplete = true;
    this.addCost(runtimeRates({ resource, region, time }), femto(vcpuHours ?? 0), femto(gbHours ?? 0));
  }

  private addCost(rates: readonly RuntimeRate[], vcpu: bigint, memory: bigint): void {
    const costs = rates.map(({ vcpuHour, gbHour }) => vcpu * vcpuHour + memory * gbHour);
    const [first] = costs;
    if (first === undefined) {
      this.unpriced += 1;
      return;
    }
    const least = costs.reduce((low, cost) => (cost < low ? cost : low), first);
    const most = costs.reduce((high, cost) => (cost > high ? cost : high), first);
    this.low += least;
    this.high += most;
    if (least !== most) this.isUncertain = true;
  }
}

/** Adds up usage by session. Copies of an event count once. */
export class RuntimeUsageBySession {
  private readonly totals = new Map<string | undefined, RuntimeTotal>();
  private readonly seen = new Set<string>();

  /** @param region taken where an event does not name its own */
  constructor(private readonly region: string) {}

  public get sessions(): ReadonlyMap<string | undefined, RuntimeTotal> {
    return this.totals;
  }

  public add(usage: RuntimeUsage): void {
    const key = usageKey(usage);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const total = this.totals.get(usage.session) ?? new RuntimeTotal(this.region);
    total.add(usage);
    this.totals.set(usage.session, total);
  }
}
