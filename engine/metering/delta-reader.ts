import { AggregationTemporality, MetricReader } from '@opentelemetry/sdk-metrics';
import { MAX_ATTRIBUTE_SETS } from '../telemetry/names';

/** Hands out what was recorded since it was last asked. Nothing is exported by itself: the meter asks at the end of a batch. */
export class DeltaReader extends MetricReader {
  constructor() {
    super({
      aggregationTemporalitySelector: () => AggregationTemporality.DELTA,
      // OpenTelemetry adds up what is beyond under the attribute `otel.metric.overflow`, and counts that set too.
      cardinalitySelector: () => MAX_ATTRIBUTE_SETS + 1,
    });
  }

  protected onShutdown(): Promise<void> {
    return Promise.resolve();
  }

  protected onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}
