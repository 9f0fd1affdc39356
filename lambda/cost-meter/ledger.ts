import type { PicoUsd } from '../pricing/types';
import type { NoCall } from '../records/call';
import type { Settled } from '../records/settler';
import type { Tariff } from '../records/tariff';
import type { Usage } from '../pricing/types';

/** The version of the line's format. */
const VERSION = 1;

/** What a ledger line says beyond the call itself. */
export interface LedgerExtras {
  readonly promptHash?: string;
  readonly outsideMetricWindow: boolean;
}

/**
 * Writes one content-free line of JSON for each call. Members that are unknown are left out.
 *
 * Costs are written with all their decimals, as JSON numbers: exact for whoever reads the digits, and fit for summing.
 */
export class Ledger {
  private readonly quoted = new Map<string, string>();
  private readonly models = new WeakMap<Tariff, string>();

  constructor(private readonly metadataKeys: readonly string[]) {}

  public line(settled: Settled, extras: LedgerExtras): string {
    const { call, usage, tariff, status } = settled;
    const facts = call.facts;
    let line = `{"ledger":${VERSION},"time":"${new Date(call.time).toISOString()}","status":"${status}"`;
    line += call.requestId === undefined ? '' : `,"requestId":${JSON.stringify(call.requestId)}`;
    line += this.name('reason', settled.reason) + this.name('accountId', call.accountId) + this.name('region', call.region);
    line += this.name('inferenceRegion', call.inferenceRegion) + this.name('modelId', call.modelId);
    line += this.name('operation', call.operation) + this.name('caller', call.caller);
    if (usage) {
      line += `,"tokens":${tokens(usage)}`;
      line += usage.units ? `,"units":${JSON.stringify(usage.units)}` : '';
    }
    if (tariff) {
      line += this.modelPart(tariff);
      line += status === 'priced' && usage ? cost(tariff, usage) : '';
    }
    const flags = flagsOf(settled, extras);
    line += flags.length > 0 ? `,"flags":${JSON.stringify(flags)}` : '';
    line += this.name('errorCode', call.errorCode);
    line += call.tier === 'standard' ? '' : `,"serviceTier":"${call.tier}"`;
    if (facts) {
      const { stopReason, latencyMs, firstByteMs, maxTokens, temperature, guardrail } = facts;
      const members = JSON.stringify({ stopReason, latencyMs, firstByteMs, maxTokens, temperature, guardrail });
      line += members === '{}' ? '' : `,${members.slice(1, -1)}`;
    }
    line += call.metadata ? this.metadata(call.metadata) : '';
    line += extras.promptHash === undefined ? '' : `,"promptHash":"${extras.promptHash}"`;
    return `${line}}`;
  }

  /** A record that could not be read: its id, if there is one, and why. Never what it holds. */
  public static poison(record: NoCall): string {
    const time = record.time === undefined ? undefined : new Date(record.time).toISOString();
    return JSON.stringify({ ledger: VERSION, time, status: 'poison', requestId: record.requestId, reason: record.reason });
  }

  /** Names repeat from call to call: they are quoted once. */
  private name(member: string, value: string | undefined): string {
    if (value === undefined) {
      return '';
    }
    let quoted = this.quoted.get(value);
    if (quoted === undefined) {
      if (this.quoted.size >= 10_000) {
        this.quoted.clear();
      }
      this.quoted.set(value, (quoted = JSON.stringify(value)));
    }
    return `,"${member}":${quoted}`;
  }

  private modelPart(tariff: Tariff): string {
    let part = this.models.get(tariff);
    if (part === undefined) {
      const { resolved, row } = tariff.quote;
      const members = { model: resolved.model, routing: resolved.routing, priceRow: row?.id, priceSource: row?.source };
      this.models.set(tariff, (part = `,${JSON.stringify(members).slice(1, -1)}`));
    }
    return part;
  }

  private metadata(metadata: Readonly<Record<string, unknown>>): string {
    const allowed = this.metadataKeys.filter((key) => typeof metadata[key] === 'string');
    return allowed.length === 0 ? '' : `,"metadata":${JSON.stringify(Object.fromEntries(allowed.map((key) => [key, metadata[key]])))}`;
  }
}

function tokens(usage: Usage): string {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite } = usage;
  let members = `{"input":${input},"output":${output}`;
  members += cacheRead === 0 ? '' : `,"cacheRead":${cacheRead}`;
  members += cacheWrite5m === 0 ? '' : `,"cacheWrite5m":${cacheWrite5m}`;
  members += cacheWrite1h === 0 ? '' : `,"cacheWrite1h":${cacheWrite1h}`;
  members += cacheWrite === 0 ? '' : `,"cacheWrite":${cacheWrite}`;
  return `${members}}`;
}

function cost(tariff: Tariff, usage: Usage): string {
  const { low, high } = tariff.fastCost(usage) ?? tariff.cost(usage);
  return low === high
    ? `,"costUsd":${decimal(low)}`
    : `,"costUsd":${decimal(low)},"costLowUsd":${decimal(low)},"costHighUsd":${decimal(high)}`;
}

/** Pico-dollars as dollars, with every digit. */
export function decimal(pico: PicoUsd | number): string {
  const digits = String(pico).padStart(13, '0');
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48 && end > digits.length - 12) {
    end--;
  }
  const whole = digits.slice(0, -12);
  return end === digits.length - 12 ? whole : `${whole}.${digits.slice(digits.length - 12, end)}`;
}

function flagsOf({ call, tariff }: Settled, extras: LedgerExtras): readonly string[] {
  const priced = tariff?.quote.flags ?? [];
  const outside = extras.outsideMetricWindow ? ['outsideMetricWindow'] : [];
  return call.flags.length + outside.length === 0 ? priced : [...new Set([...call.flags, ...priced, ...outside])];
}
