import { type AlarmDefinition, type AlarmState, evaluateAlarm, type MetricRead } from '../../local-cloudwatch/alarm-evaluator';

describe('an alarm', () => {
  const at = new Date('2026-11-21T12:00:00Z');
  const evaluate = (alarm: AlarmDefinition, values: Record<string, readonly (number | undefined)[]>, before: AlarmState = 'OK') =>
    evaluateAlarm(alarm, at, before, {
      read: ({ metricName, periods }) => Promise.resolve((values[metricName] ?? []).slice(-periods.length)),
    });

  test('reads its own dimensions, statistic and period', async () => {
    const reads: MetricRead[] = [];
    const read = (metric: MetricRead) => Promise.resolve((reads.push(metric), []));
    await evaluateAlarm(single({ EvaluationPeriods: 2 }), at, 'OK', { read });

    expect(reads).toMatchObject([{ namespace: 'AWS/Bedrock', metricName: 'Invocations', dimensions: { ModelId: 'a' }, statistic: 'Sum' }]);
    expect(reads[0]?.periods.map(({ start }) => new Date(start * 1000).getUTCMinutes())).toEqual([40, 45, 50, 55]);
  });

  test.each([
    ['GreaterThanThreshold', 5, 'OK'],
    ['GreaterThanThreshold', 6, 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 5, 'ALARM'],
    ['LessThanThreshold', 5, 'OK'],
    ['LessThanOrEqualToThreshold', 5, 'ALARM'],
  ] as const)('%s 5 at %i is %s', async (ComparisonOperator, value, state) => {
    expect(await evaluate(single({ ComparisonOperator }), { Invocations: [undefined, undefined, value] })).toBe(state);
  });

  test('evaluates expressions over expressions', async () => {
    const values = { Invocations: [100, 100, 100, 10], Errors: [undefined, 6, 8, 9] };
    const alarm = math('IF(calls >= 20, 100 * errors / calls, 0)', { EvaluationPeriods: 2, DatapointsToAlarm: 1 });

    expect(await evaluate(alarm, values)).toBe('ALARM');
    expect(await evaluate({ ...alarm, DatapointsToAlarm: 2 }, values)).toBe('OK');
  });

  test('compares with a band where it is given one', async () => {
    const banded = {
      ...math('calls', { ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 'band' }),
      Threshold: undefined,
    };
    const alarm = { ...banded, Metrics: [...(banded.Metrics ?? []), { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(calls, 2)' }] };
    const telemetry = (upper: number) => ({
      read: ({ periods }: MetricRead) => Promise.resolve(periods.map(() => 10)),
      band: ({ periods }: MetricRead, width: number) => Promise.resolve(periods.map(() => ({ lower: 0, upper: upper * width }))),
    });
    expect(await evaluateAlarm(alarm, at, 'OK', telemetry(4))).toBe('ALARM');
    expect(await evaluateAlarm(alarm, at, 'OK', telemetry(5))).toBe('OK');
    expect(await evaluateAlarm(alarm, at, 'OK', { read: telemetry(4).read })).toBeUndefined();
  });

  test('waits for the end of its warm-up, and only then takes missing data for a breach', async () => {
    const since = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
    const alarm = (changes: Partial<AlarmDefinition>) =>
      single({
        TreatMissingData: 'breaching',
        WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 60, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true },
        ...changes,
      });

    expect(await evaluate(alarm({ AlarmConfigurationUpdatedTimestamp: since(59) }), {})).toBe('INSUFFICIENT_DATA');
    expect(await evaluate(alarm({ AlarmConfigurationUpdatedTimestamp: since(60) }), {})).toBe('ALARM');
    expect(await evaluate(alarm({}), {})).toBe('ALARM');
  });

  test('says that it does not know rather than guess', async () => {
    const calls = { Invocations: [1, 1, 9] };
    expect(await evaluate(math('SEARCH("x", "Sum")'), calls)).toBeUndefined();
    expect(await evaluate(math('METRICS()'), calls)).toBeUndefined();
    expect(await evaluate(math('unheard'), calls)).toBeUndefined();
    expect(await evaluate(single({ ComparisonOperator: undefined }), calls)).toBeUndefined();
  });
});

function single(changes: Partial<AlarmDefinition> = {}): AlarmDefinition {
  return {
    Namespace: 'AWS/Bedrock',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'ModelId', Value: 'a' }],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...changes,
  };
}

function math(Expression: string, changes: Partial<AlarmDefinition> = {}): AlarmDefinition {
  const metric = (MetricName: string) => ({ Metric: { Namespace: 'AWS/Bedrock', MetricName }, Period: 300, Stat: 'Sum' });
  return {
    ...single(changes),
    MetricName: undefined,
    Metrics: [
      { Id: 'result', Expression },
      { Id: 'calls', MetricStat: metric('Invocations'), ReturnData: false },
      { Id: 'raw', MetricStat: metric('Errors'), ReturnData: false },
      { Id: 'errors', Expression: 'FILL(raw, 0)', ReturnData: false },
    ],
  };
}
