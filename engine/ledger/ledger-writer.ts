import type { PicoUsd, Usage } from '../pricing/types';
import type { Call, UnusableRecord } from '../records/call';
import type { RatedCall } from '../rating/rater';
import type { UnitPrices } from '../rating/unit-prices';

/** The version of the line's format. */
const VERSION = 1;

/** What a ledger line says beyond the call itself. */
export interface LedgerExtras {
  readonly promptHash?: string;
  readonly outsideMetricWindow: boolean;
}

/** The members of a line that calls of one model, Region and operation share. */
interface Common {
  readonly accountId?: string;
  readonly modelId: string;
  readonly operation?: string;
  readonly text: string;
}

/**
 * Writes one content-free line of JSON for each call. Members that are unknown are left out.
 *
 * Costs are written with all their decimals, as JSON numbers: exact for whoever reads the digits, and fit for summing.
 * Lines are put together from parts that repeat from call to call: `JSON.stringify` would cost more than the parsing did.
 */
export class LedgerWriter {
  private readonly callers = new Map<string, string>();
  private readonly common = new WeakMap<UnitPrices, Map<string, Common>>();
  private lastTime = Number.NaN;
  private lastPrefix = '';

  constructor(private readonly metadataKeys: readonly string[]) {}

  public line(rated: RatedCall, extras: LedgerExtras): string {
    const { call, usage, unitPrices, status, reason } = rated;
    let line = this.prefix(call.time) + this.commonPart(call, unitPrices) + this.callerPart(call.caller);
    line += status === 'priced' ? ',"status":"priced"' : `,"status":"${status}","reason":${JSON.stringify(reason)}`;
    if (call.requestId !== undefined) {
      line += `,"requestId":${JSON.stringify(call.requestId)}`;
    }
    if (usage) {
      line += tokens(usage);
      if (status === 'priced' && unitPrices) {
        line += cost(unitPrices, usage);
      }
    }
    const flags = flagsOf(rated, extras);
    if (flags.length > 0) {
      line += `,"flags":${JSON.stringify(flags)}`;
    }
    if (call.errorCode !== undefined) {
      line += `,"errorCode":${JSON.stringify(call.errorCode)}`;
    }
    if (call.tier !== 'standard') {
      line += `,"serviceTier":"${call.tier}"`;
    }
    if (call.facts) {
      const { stopReason, latencyMs, firstByteMs, maxTokens, temperature, guardrail } = call.facts;
      line += rest({ stopReason, latencyMs, firstByteMs, maxTokens, temperature, guardrail });
    }
    if (call.metadata && this.metadataKeys.length > 0) {
      line += this.metadata(call.metadata);
    }
    return extras.promptHash === undefined ? `${line}}` : `${line},"promptHash":"${extras.promptHash}"}`;
  }

  /** A record that could not be read: its id, if there is one, and why. Never what it holds. */
  public static malformedLine(record: UnusableRecord): string {
    const time = record.time === undefined ? undefined : new Date(record.time).toISOString();
    return JSON.stringify({ ledger: VERSION, time, status: 'malformed', requestId: record.requestId, reason: record.reason });
  }

  private prefix(time: number): string {
    if (time !== this.lastTime) {
      this.lastTime = time;
      this.lastPrefix = `{"ledger":${VERSION},"time":"${new Date(time).toISOString()}"`;
    }
    return this.lastPrefix;
  }

  private commonPart(call: Call, unitPrices: UnitPrices | undefined): string {
    const { accountId, region, inferenceRegion, modelId, operation } = call;
    const names = { accountId, region, inferenceRegion, modelId, operation };
    if (!unitPrices) {
      return rest(names);
    }
    let byRegion = this.common.get(unitPrices);
    if (!byRegion) {
      this.common.set(unitPrices, (byRegion = new Map<string, Common>()));
    }
    const known = byRegion.get(inferenceRegion ?? '');
    if (known && known.modelId === modelId && known.accountId === accountId && known.operation === operation) {
      return known.text;
    }
    const { resolved, row } = unitPrices.quote;
    const text = rest({ ...names, model: resolved.model, routing: resolved.routing, priceRow: row?.id });
    byRegion.set(inferenceRegion ?? '', { accountId, modelId, operation, text });
    return text;
  }

  private callerPart(caller: string | undefined): string {
    if (caller === undefined) {
      return '';
    }
    let part = this.callers.get(caller);
    if (part === undefined) {
      if (this.callers.size >= 10_000) {
        this.callers.clear();
      }
      this.callers.set(caller, (part = rest({ caller })));
    }
    return part;
  }

  private metadata(metadata: Readonly<Record<string, unknown>>): string {
    const allowed = this.metadataKeys.filter((key) => typeof metadata[key] === 'string');
    return allowed.length === 0 ? '' : rest({ metadata: Object.fromEntries(allowed.map((key) => [key, metadata[key]])) });
  }
}

/** Members as they follow others; nothing for those that are undefined. */
function rest(members: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(members);
  return text === '{}' ? '' : `,${text.slice(1, -1)}`;
}

function tokens(usage: Usage): string {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite, units } = usage;
  let members = `,"tokens":{"input":${input},"output":${output}`;
  if (cacheRead + cacheWrite5m + cacheWrite1h + cacheWrite > 0) {
    members += cacheRead === 0 ? '' : `,"cacheRead":${cacheRead}`;
    members += cacheWrite5m === 0 ? '' : `,"cacheWrite5m":${cacheWrite5m}`;
    members += cacheWrite1h === 0 ? '' : `,"cacheWrite1h":${cacheWrite1h}`;
    members += cacheWrite === 0 ? '' : `,"cacheWrite":${cacheWrite}`;
  }
  return units ? `${members}}${rest({ units })}` : `${members}}`;
}

/** `costUsd` is the low cost; where a record does not tell the lifetime of a cache write, the high one stands beside it. */
function cost(unitPrices: UnitPrices, usage: Usage): string {
  const { low, high } = unitPrices.fastCost(usage) ?? unitPrices.cost(usage);
  return low === high ? `,"costUsd":${decimal(low)}` : `,"costUsd":${decimal(low)},"costHighUsd":${decimal(high)}`;
}

/** Pico-dollars as dollars, with every digit. */
export function decimal(pico: PicoUsd | number): string {
  const whole = typeof pico === 'number' ? Math.floor(pico / 1e12) : pico / 1_000_000_000_000n;
  const fraction = typeof pico === 'number' ? pico - (whole as number) * 1e12 : Number(pico % 1_000_000_000_000n);
  if (fraction === 0) {
    return String(whole);
  }
  // In two halves: small integers become text much faster than large ones.
  const upper = Math.floor(fraction / 1e6);
  const lower = fraction - upper * 1e6;
  return `${whole}.${lower === 0 ? trimmed(sixDigits(upper)) : sixDigits(upper) + trimmed(sixDigits(lower))}`;
}

const sixDigits = (value: number): string => String(1_000_000 + value).slice(1);

function trimmed(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48) {
    end--;
  }
  return digits.slice(0, end);
}

const NO_FLAGS: readonly string[] = [];

function flagsOf({ call, unitPrices }: RatedCall, extras: LedgerExtras): readonly string[] {
  const priced = unitPrices?.quote.flags ?? NO_FLAGS;
  if (call.flags.length === 0 && !extras.outsideMetricWindow) {
    return priced;
  }
  return [...new Set([...call.flags, ...priced, ...(extras.outsideMetricWindow ? ['outsideMetricWindow'] : [])])];
}
