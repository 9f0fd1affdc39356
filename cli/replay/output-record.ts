import { formatUsd } from '../../engine/pricing/usd-text';
import type { RatedCall, Status } from '../../engine/rating/rater';
import type { Call, UnusableRecord } from '../../engine/records/call';
import type { CostRange } from './call-cost';
import { AXES } from './grouping';

/** A record as `--json` writes it, in this order. Members that are not known are absent. Amounts are decimals in USD. */
export interface OutputRecord {
  readonly requestId?: string;
  readonly timestamp?: string;
  readonly status: Status;
  readonly reason?: string;
  readonly modelId?: string;
  readonly model?: string;
  readonly caller?: string;
  readonly role?: string;
  readonly profile?: string;
  readonly account?: string;
  readonly region?: string;
  /** The texts of the request metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
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

/** A rated call as it is written. */
export function outputOfCall(rated: RatedCall, { low, high }: CostRange, flags: readonly string[]): OutputRecord {
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
    caller: AXES.caller(rated),
    role: AXES.role(rated),
    profile: AXES.profile(rated),
    account: AXES.account(rated),
    region: AXES.region(rated),
    metadata: metadataOf(call),
    tokens: usage && {
      input: usage.input,
      cacheRead: usage.cacheRead,
      cacheWrite5m: usage.cacheWrite5m,
      cacheWrite1h: usage.cacheWrite1h,
      ...(usage.cacheWrite > 0 && { cacheWrite: usage.cacheWrite }),
      output: usage.output,
    },
    units: usage?.units,
    costUsd: priced ? formatUsd(low) : undefined,
    costLowUsd: priced ? formatUsd(low) : undefined,
    costHighUsd: priced ? formatUsd(high) : undefined,
    price: unitPrices && { row: row?.id, source: row?.source, grade: row?.grade, asOf: row?.asOf, flags },
  };
}

function metadataOf({ metadata = {} }: Call): Readonly<Record<string, string>> | undefined {
  const texts = Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

/** A record that is not a call, or cannot be read as one, as it is written. */
export function outputOfUnusable({ kind, reason, requestId, time }: UnusableRecord): OutputRecord {
  return { requestId, timestamp: time === undefined ? undefined : new Date(time).toISOString(), status: kind, reason };
}
