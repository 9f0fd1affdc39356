import { type Environment, readRequired } from '../../engine/environment';
import { type MeterConfig, readMeterConfig } from '../../engine/metering/meter-config';
import type { ReservedCapacity } from '../../engine/unrecorded/capacity';
import { parseJson } from '../shared/parse-json';

/** What the environment says about usage without a record. */
export interface UnrecordedConfig extends Pick<MeterConfig, 'namespace' | 'catalogue' | 'overrides' | 'lookUpMs'> {
  readonly region: string;
  /** The delivery stream of a table of the ledger, which gets each line as a row. */
  readonly ledgerStream?: string;
  /** The log group of this function, which holds the lines that it wrote. */
  readonly logGroup: string;
  /** Capacity that the user names, because no API lists it. */
  readonly reserved: readonly ReservedCapacity[];
}

export function readUnrecordedConfig(env: Environment): UnrecordedConfig {
  const { namespace, catalogue, overrides, lookUpMs } = readMeterConfig(env);
  return {
    ...{ namespace, catalogue, overrides, lookUpMs },
    region: readRequired(env, 'AWS_REGION'),
    ledgerStream: env.LEDGER_STREAM || undefined,
    logGroup: readRequired(env, 'LOG_GROUP'),
    reserved: parseJson(env.RESERVED_CAPACITY || '[]', "'RESERVED_CAPACITY'") as ReservedCapacity[],
  };
}
