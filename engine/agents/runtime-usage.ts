import { divideHalfEven } from '../pricing/divide-half-even';
import type { PicoUsd } from '../pricing/types';
import { readObject, type Json } from '../records/json';
import { readId, readLabel, readTime, readWord } from './readers';
import { RUNTIME_RATES } from './runtime-prices';

/** What a session used of an AgentCore runtime, browser or code interpreter during about a second: an event of its USAGE_LOGS. */
export interface RuntimeUsage {
  /** `runtime`, `browser` … as the names of the metrics have it. */
  readonly resource: string;
  readonly resourceArn?: string;
  readonly session?: string;
  readonly agent?: string;
  readonly region?: string;
  /** In milliseconds. */
  readonly time?: number;
  readonly vcpuHours: number;
  readonly gbHours: number;
  readonly seconds: number;
}

const VCPU = /^agent\.([a-z_]{1,40})\.vcpu\.hours\.used$/;
const MEMORY = /^agent\.([a-z_]{1,40})\.memory\.gb_hours\.used$/;

/** More in one event is a mistake. */
const MAX_HOURS = 1e5;

/**
 * Reads an event of USAGE_LOGS; undefined for anything else, such as the plain text that a new delivery begins with.
 *
 * The fields are nested (`attributes`, `metrics`); the developer guide lists them flat, so both forms are read.
 */
export function readRuntimeUsage(value: unknown): RuntimeUsage | undefined {
  const event = readObject(value);
  if (!event) return undefined;
  const metrics = readObject(event.metrics) ?? event;
  const vcpu = metricIn(metrics, VCPU);
  const memory = metricIn(metrics, MEMORY);
  const found = vcpu ?? memory;
  if (!found) return undefined;
  const attributes = readObject(event.attributes) ?? event;
  return {
    resource: found.resource,
    resourceArn: readId(attributes['resource.id']) ?? readId(event.resource_arn),
    session: readId(attributes['session.id']),
    agent: readLabel(attributes['agent.name']),
    region: readWord(attributes.region),
    time: readTime(event.event_timestamp),
    vcpuHours: vcpu?.hours ?? 0,
    gbHours: memory?.hours ?? 0,
    seconds: readHours(attributes.time_elapsed_seconds) ?? 0,
  };
}

function metricIn(metrics: Json, name: RegExp): { readonly resource: string; readonly hours: number } | undefined {
  for (const [key, value] of Object.entries(metrics)) {
    const [, resource] = name.exec(key) ?? [];
    const hours = resource === undefined ? undefined : readHours(value);
    if (hours !== undefined) return { resource: resource!, hours };
  }
  return undefined;
}

function readHours(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number < MAX_HOURS ? number : undefined;
}

/** Hours in integers of 10⁻¹⁵, so that the sum is the same in every order. */
const HOUR_DECIMALS = 15;
const HOUR = 10n ** BigInt(HOUR_DECIMALS);

const femto = (hours: number): bigint => BigInt((hours * 10 ** HOUR_DECIMALS).toFixed(0));

/** What was used, and what it costs. */
export class RuntimeTotal {
  public seconds = 0;
  public readonly agents = new Set<string>();
  private vcpu = 0n;
  private memory = 0n;

  public get vcpuHours(): number {
    return Number(this.vcpu) / 10 ** HOUR_DECIMALS;
  }

  public get gbHours(): number {
    return Number(this.memory) / 10 ** HOUR_DECIMALS;
  }

  /** Rounded once, for all events together: one of them can cost less than a pico-dollar. */
  public get cost(): PicoUsd {
    return divideHalfEven(this.vcpu * RUNTIME_RATES.vcpuHour + this.memory * RUNTIME_RATES.gbHour, HOUR);
  }

  public add({ vcpuHours, gbHours, seconds, agent }: RuntimeUsage): void {
    this.vcpu += femto(vcpuHours);
    this.memory += femto(gbHours);
    this.seconds += seconds;
    if (agent !== undefined) this.agents.add(agent);
  }
}

/** Adds up usage by session. Copies of an event, which logs deliver now and then, count once. */
export class RuntimeUsageBySession {
  private readonly totals = new Map<string | undefined, RuntimeTotal>();
  private readonly seen = new Set<string>();

  public get sessions(): ReadonlyMap<string | undefined, RuntimeTotal> {
    return this.totals;
  }

  public add(usage: RuntimeUsage): void {
    const key = JSON.stringify(usage);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const total = this.totals.get(usage.session) ?? new RuntimeTotal();
    total.add(usage);
    this.totals.set(usage.session, total);
  }
}
