import { type AlarmDefinition, evaluateAlarm, type MetricRead } from '../../demo/alarm-evaluator';
import { bedrockMetrics } from '../../demo/bedrock-metrics';
import { generate } from '../../demo/generator';

const metric = (MetricName: string) => ({ Metric: { Namespace: 'AWS/Bedrock', MetricName }, Period: 300, Stat: 'Sum' });

const ERROR_RATE: AlarmDefinition = {
  Metrics: [
    { Id: 'rate', Expression: 'IF(calls >= 20, 100 * FILL(errors, 0) / calls, 0)' },
    { Id: 'calls', MetricStat: metric('Invocations'), ReturnData: false },
    { Id: 'errors', MetricStat: metric('InvocationServerErrors'), ReturnData: false },
  ],
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};

// Periods are cut by the clock, so where the outage falls in them depends on when the demo is started.
test.each([0, 20, 60, 100, 149, 150, 200, 250, 299])(
  'the outage fires an error-rate alarm when the last call is %i s into a period',
  async (seconds) => {
    const end = new Date(Date.UTC(2026, 10, 21, 12, 0, seconds));
    const data = bedrockMetrics(generate(end).records).filter(({ Dimensions = [] }) => Dimensions.length === 0);
    const read = ({ metricName, starts, periodSeconds }: MetricRead) =>
      Promise.resolve(
        starts.map((start) =>
          data
            .filter(
              ({ MetricName, Timestamp = end }) =>
                MetricName === metricName && Math.floor((Timestamp.getTime() / 1000 - start) / periodSeconds) === 0,
            )
            .reduce((sum, { Value = 0 }) => sum + Value, 0),
        ),
      );

    expect(await evaluateAlarm(ERROR_RATE, end, 'INSUFFICIENT_DATA', read)).toBe('ALARM');
    expect(await evaluateAlarm(ERROR_RATE, new Date(end.getTime() - 16 * 60_000), 'INSUFFICIENT_DATA', read)).toBe('OK');
  },
);
