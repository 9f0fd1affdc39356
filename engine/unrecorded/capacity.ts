import { NO_USAGE } from '../pricing/token-buckets';
import type { UnrecordedUsage } from './unrecorded-usage';

const HOUR = 3_600_000;

/** Where capacity is, and the hour for which it is counted, by its beginning. */
export interface CapacityHour {
  readonly hour: number;
  readonly region: string;
}

/** A provisioned throughput: "ProvisionedModelSummary" in the Bedrock API reference. */
export interface ProvisionedThroughput {
  readonly arn: string;
  readonly foundationModelArn: string;
  readonly status: string;
  readonly modelUnits: number;
  readonly commitment?: string;
  readonly createdAt: number;
}

/** Capacity of the reserved tier, which no API lists: the user names it. */
export interface ReservedCapacity {
  readonly modelId: string;
  readonly inputTokensPerMinute: number;
  readonly outputTokensPerMinute: number;
  readonly commitment: string;
}

/** A custom model, whose storage is billed by the month. */
export interface CustomModel {
  readonly arn: string;
  readonly baseModelArn: string;
  readonly createdAt: number;
}

const COMMITMENTS: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, 'none'],
  ['OneMonth', '1m'],
  ['SixMonths', '6m'],
]);

/** Capacity in these states takes calls, and is billed whether there are any or not. */
const BILLED: ReadonlySet<string> = new Set(['InService', 'Updating']);

/** The model unit hours of each provisioned throughput; of the hour in which it was made, the part since then. */
export function usageOfProvisioned(all: readonly ProvisionedThroughput[], { hour, region }: CapacityHour): UnrecordedUsage[] {
  return all.flatMap(({ arn, foundationModelArn, status, modelUnits, commitment, createdAt }): UnrecordedUsage[] => {
    const part = Math.min(1, (hour + HOUR - createdAt) / HOUR);
    if (!BILLED.has(status) || part <= 0) {
      return [];
    }
    const of = {
      source: 'provisioned',
      ...hourOf(arn, hour),
      region,
      modelId: foundationModelArn,
      tier: 'provisioned',
      flags: [],
    } as const;
    const spec = COMMITMENTS.get(commitment);
    return [
      spec === undefined
        ? { ...of, reason: 'the commitment is not known' }
        : { ...of, spec: { commitment: spec }, usage: { ...NO_USAGE, units: { modelUnitHour: modelUnits * part } } },
    ];
  });
}

/** The hours of reserved tokens a minute, by the thousand as the price list has them. */
export function usageOfReserved(all: readonly ReservedCapacity[], { hour, region }: CapacityHour, accountId: string): UnrecordedUsage[] {
  return all.map(({ modelId, inputTokensPerMinute, outputTokensPerMinute, commitment }) => ({
    source: 'reserved',
    ...hourOf(`reserved ${commitment} ${modelId}`, hour),
    accountId,
    region,
    modelId,
    tier: 'reserved',
    spec: { commitment },
    usage: { ...NO_USAGE, units: { inputTpmHour: inputTokensPerMinute / 1000, outputTpmHour: outputTokensPerMinute / 1000 } },
    flags: ['declared'],
  }));
}

/** The storage of custom models for a day of the month, counted in the last hour of the day (UTC). */
export function usageOfCustomModels(all: readonly CustomModel[], { hour, region }: CapacityHour): UnrecordedUsage[] {
  const day = new Date(hour);
  if (day.getUTCHours() !== 23) {
    return [];
  }
  const daysOfMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  return all
    .filter(({ createdAt }) => createdAt < hour + HOUR)
    .map(({ arn, baseModelArn }) => ({
      source: 'customModel',
      ...hourOf(arn, hour),
      region,
      modelId: baseModelArn,
      tier: 'custom',
      usage: { ...NO_USAGE, units: { modelMonth: 1 / daysOfMonth } },
      flags: [],
    }));
}

function hourOf(what: string, hour: number): { readonly id: string; readonly time: number; readonly accountId?: string } {
  const accountId = /^arn:[^:]+:bedrock:[^:]*:(\d{12}):/.exec(what)?.[1];
  return { id: `${what} ${new Date(hour).toISOString().slice(0, 13)}`, time: hour, accountId };
}
