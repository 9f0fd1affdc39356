import { bedrockMetrics } from '../../../demo/traffic/bedrock-metrics';
import { generate } from '../../../demo/traffic/generator';
import { type AlarmDefinition, evaluateAlarm, type MetricRead } from '../../../local-cloudwatch/alarm-evaluator';

const metric = (MetricName: string) => ({ Metric: { Namespace: 'AWS/Bedrock', MetricName }, Period: 300, Stat: 'Sum' });

const ERROR_RATE: AlarmDefinition = {
  Metrics: [
    { Id: 'rate', Expression: 'IF(calls >= 20, 100 * FILL(errors, 0) / calls, 0)' },
    { Id: 'calls', MetricStat: metric('Invocations'), ReturnData: false },
    { Id: 'errors', MetricStat: metric('InvocationServerErrors'), ReturnData: false },
  ],
  EvaluationPeriods: 3,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};

// Periods end with whole minutes, so where the outage falls in them depends on when the demo is started.
test.each([0, 1, 20, 59])(
  'the outage fires an error-rate alarm and lets it recover when the last call is %i s into a minute',
  async (seconds) => {
    const end = new Date(Date.UTC(2026, 10, 21, 12, 0, seconds));
    const { records, moments } = generate(end);
    const data = bedrockMetrics(records).filter(({ Dimensions = [] }) => Dimensions.length === 0);
    const read = ({ metricName, periods }: MetricRead) =>
      Promise.resolve(
        periods.map((period) =>
          data
            .filter(({ MetricName }) => MetricName === metricName)
            .filter(({ Timestamp = end }) => Timestamp.getTime() >= period.start * 1000 && Timestamp.getTime() < period.end * 1000)
            .reduce((sum, { Value = 0 }) => sum + Value, 0),
        ),
      );

    expect(await evaluateAlarm(ERROR_RATE, moments.before, 'INSUFFICIENT_DATA', { read })).toBe('OK');
    expect(await evaluateAlarm(ERROR_RATE, moments.during, 'OK', { read })).toBe('ALARM');
    expect(await evaluateAlarm(ERROR_RATE, end, 'ALARM', { read })).toBe('OK');
  },
);
