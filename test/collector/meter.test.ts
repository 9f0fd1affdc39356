import { readOtlpConfig } from '../../engine/metering/otlp-config';
import { Metrics, MODEL_PRICE } from '../../engine/telemetry/names';
import { OtlpExport } from '../../lambda/meter-calls/otlp-export';
import { messages, meterOf } from '../engine/metering/harness';
import { converse, numbered } from '../fixtures/invocation-records';
import { Collector, describeWithCollector } from './collector';

describeWithCollector('metrics of the cost meter, in a real collector', () => {
  test.each(['delta', 'cumulative'])('%s: each metric arrives, with its attributes and units', async (temporality) => {
    const sink = await Collector.sink();
    const config = readOtlpConfig({
      OTLP_METRICS_ENDPOINT: `${sink.endpoint}/v1/metrics`,
      OTLP_TEMPORALITY: temporality,
      OTLP_MODEL_PRICES: 'on',
      AWS_LAMBDA_FUNCTION_NAME: 'meter',
    })!;
    const failures: unknown[] = [];
    const otlp = new OtlpExport({
      config: { ...config, timeoutMs: 60_000 },
      scope: 'BedrockObservability',
      loadAuthorize: () => Promise.resolve(() => Promise.resolve({})),
      clock: Date.now,
      onFailed: () => failures.push('failed'),
    });
    const env = { OTLP_METRICS_ENDPOINT: config.endpoint, OTLP_MODEL_PRICES: 'on' };
    const { meter } = meterOf(env, { exportReadings: (readings) => otlp.export(readings) });
    await meter.meter(messages([1, 2, 3].map((number) => numbered(converse, number))));
    const received = JSON.stringify(await sink.stop());

    expect(failures).toEqual([]);
    for (const name of [Metrics.COST, Metrics.TOKENS, Metrics.DURATION, Metrics.RECORDS_PRICED, MODEL_PRICE]) {
      expect(received).toContain(`"name":"${name}"`);
    }
    expect(received).toContain(`"aggregationTemporality":${temporality === 'delta' ? 1 : 2}`);
    expect(received).toContain('"key":"service.name","value":{"stringValue":"meter"}');
    expect(received).not.toContain('secret');
  });
});
