import { gzipSync } from 'node:zlib';
import { readMeterConfig } from '../../../engine/metering/meter-config';
import { InferenceProfiles } from '../../../lambda/meter-calls/inference-profiles';
import type { SubscriptionEvent } from '../../../lambda/shared/subscription-events';
import { Meter, type MeterProps } from '../../../engine/metering/meter';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import type { Raw } from '../../fixtures/invocation-records';

/** Soon after the calls of the fixtures. */
export const NOW = Date.parse('2026-11-20T10:20:00Z');

export const messages = (records: ReadonlyArray<Raw | string>) =>
  records.map((record) => ({ timestamp: NOW - 1000, message: typeof record === 'string' ? record : JSON.stringify(record) }));

export function subscriptionEvent(records: ReadonlyArray<Raw | string>): SubscriptionEvent {
  const payload = { messageType: 'DATA_MESSAGE', owner: '111122223333', logGroup: 'g', logStream: 's', subscriptionFilters: ['f'] };
  return { awslogs: { data: gzipSync(JSON.stringify({ ...payload, logEvents: messages(records) })).toString('base64') } };
}

export interface Emf extends Raw {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: [{ Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit?: string }[] }];
  };
}

/** A meter whose lines are kept. */
export function meterOf(env: Record<string, string> = {}, props: Partial<MeterProps> & { readonly profiles?: InferenceProfiles } = {}) {
  const written: string[] = [];
  const profiles = props.profiles ?? new InferenceProfiles(() => Promise.reject(new Error('no profile is asked for')));
  const meter = new Meter({
    config: readMeterConfig(env),
    prices: new PriceEngine({ profiles: (arn) => profiles.known.get(arn) }),
    profiles,
    write: (text) => Promise.resolve(void written.push(text)),
    clock: () => NOW,
    ...props,
  });
  const lines = (): Raw[] =>
    written
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Raw);
  const emf = (): Emf[] => lines().filter((line): line is Emf => '_aws' in line);
  return {
    meter,
    written,
    emf,
    ledger: () => lines().filter((line) => line.ledger === 1),
    notices: () => lines().filter((line) => 'level' in line),
    /** The line with exactly these dimensions. */
    metrics: (dimensions: Raw = {}) =>
      emf().find((line) => {
        const names = line._aws.CloudWatchMetrics[0].Dimensions[0]!;
        return names.length === Object.keys(dimensions).length && names.every((name) => line[name] === dimensions[name]);
      }),
  };
}
