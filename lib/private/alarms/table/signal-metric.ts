import { Duration } from 'aws-cdk-lib';
import { Signals } from '../../../../engine/telemetry/names';
import { MetricInputs } from './row';

type Signal = (typeof Signals)[keyof typeof Signals];

const HOUR = Duration.hours(1);

/** A signal that is published each hour. */
export const hourly =
  (signal: Signal) =>
  ({ signals }: MetricInputs) =>
    signals?.metric(signal, { period: HOUR });

/** A signal from single calls, which is there only with a ledger. */
export const fromLedger =
  (signal: Signal, period = HOUR) =>
  ({ signals }: MetricInputs) =>
    signals?.publishesLedgerSignals ? signals.metric(signal, { period }) : undefined;
