import { formatUsd } from '../../engine/pricing/usd-text';
import type { UnusableRecord } from '../../engine/records/call';
import type { RatedCall, Status } from '../../engine/rating/rater';
import type { CostRange } from './totals';

/** What `--json` says of one record, in this order. Members that are not known are absent; amounts are decimals in USD. */
export interface ReplayedRecord {
  readonly requestId?: string;
  readonly timestamp?: string;
  readonly status: Status;
  readonly reason?: string;
  readonly modelId?: string;
  readonly model?: string;
  readonly caller?: string;
  readonly tokens?: Readonly<Record<string, number>>;
  readonly units?: Readonly<Record<string, number>>;
  readonly costUsd?: string;
  readonly costLowUsd?: string;
  readonly costHighUsd?: string;
  readonly price?: {
    readonly row?: string;
    readonly source?: string;
    readonly grade?: string;
    readonly asOf?: string;
    readonly flags: readonly string[];
  };
}

/** The lifetime of a cache write is not told, and it matters. */
const LIFETIME = 'cacheLifetimeUnknown';

export function replayedRecordOf(rated: RatedCall, { low, high }: CostRange): ReplayedRecord {
  const { call, status, reason, usage, unitPrices } = rated;
  const row = unitPrices?.quote.row;
  const priced = status === 'priced';
  return {
    requestId: call.requestId,
    timestamp: new Date(call.time).toISOString(),
    status,
    reason,
    modelId: call.modelId,
    model: unitPrices?.quote.resolved.model,
    caller: call.caller,
    tokens: usage && {
      input: usage.input,
      cacheRead: usage.cacheRead,
      cacheWrite5m: usage.cacheWrite5m,
      cacheWrite1h: usage.cacheWrite1h,
      ...(usage.cacheWrite > 0 && { cacheWrite: usage.cacheWrite }),
      output: usage.output,
    },
    units: usage?.units,
    costUsd: priced ? formatUsd(BigInt(low)) : undefined,
    costLowUsd: priced ? formatUsd(BigInt(low)) : undefined,
    costHighUsd: priced ? formatUsd(BigInt(high)) : undefined,
    price: unitPrices && { row: row?.id, source: row?.source, grade: row?.grade, asOf: row?.asOf, flags: flagsOf(rated, { low, high }) },
  };
}

export function replayedUnusable({ kind, reason, requestId, time }: UnusableRecord): ReplayedRecord {
  return { requestId, timestamp: time === undefined ? undefined : new Date(time).toISOString(), status: kind, reason };
}

/** Everything that makes the cost less than exact. */
export function flagsOf({ call, unitPrices }: RatedCall, { low, high }: CostRange): readonly string[] {
  const quoted = unitPrices?.quote.flags ?? [];
  if (call.flags.length === 0 && low === high) return quoted;
  return [...new Set([...call.flags, ...quoted, ...(low === high ? [] : [LIFETIME])])];
}
