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
    ['GreaterThanThreshold', ['OK', 'OK', 'ALARM']],
    ['GreaterThanOrEqualToThreshold', ['OK', 'ALARM', 'ALARM']],
    ['LessThanThreshold', ['ALARM', 'OK', 'OK']],
    ['LessThanOrEqualToThreshold', ['ALARM', 'ALARM', 'OK']],
  ] as const)('%s 5 at 4, 5 and 6 is %j', async (ComparisonOperator, states) => {
    const stateAt = (value: number) => evaluate(single({ ComparisonOperator }), { Invocations: [undefined, undefined, value] });
    expect(await Promise.all([4, 5, 6].map(stateAt))).toEqual(states);
  });

  test.each([
    ['GreaterThanUpperThreshold', ['OK', 'OK', 'OK', 'OK', 'ALARM']],
    ['LessThanLowerThreshold', ['ALARM', 'OK', 'OK', 'OK', 'OK']],
    ['LessThanLowerOrGreaterThanUpperThreshold', ['ALARM', 'OK', 'OK', 'OK', 'ALARM']],
  ] as const)('%s from 4 to 6 at 3, 4, 5, 6 and 7 is %j', async (ComparisonOperator, states) => {
    const stateAt = (value: number) =>
      evaluateAlarm(banded({ ComparisonOperator }), at, 'OK', {
        read: ({ periods }) => Promise.resolve(periods.map(() => value)),
        band: ({ periods }) => Promise.resolve(periods.map(() => ({ lower: 4, upper: 6 }))),
      });
    expect(await Promise.all([3, 4, 5, 6, 7].map(stateAt))).toEqual(states);
  });

  test.each([
    ['a value without a band', banded(), { read: [9], band: [undefined] }],
    ['a value without a band of a wider model', banded({}, 'ANOMALY_DETECTION_BAND(calls,2.5)'), { read: [9], band: [undefined] }],
    ['a value without a threshold', single({ Threshold: undefined }), { read: [9], band: [] }],
  ])('takes %s for missing', async (_, alarm, { read, band }) => {
    const fill = <T>(values: readonly T[], { periods }: MetricRead) => Promise.resolve(periods.map(() => values[0]!));
    const source = { read: (metric: MetricRead) => fill(read, metric), band: (metric: MetricRead) => fill(band, metric) };
    expect(await evaluateAlarm({ ...alarm, TreatMissingData: undefined }, at, 'OK', source)).toBe('INSUFFICIENT_DATA');
  });

  test('reads the average where no statistic is named', async () => {
    const reads: MetricRead[] = [];
    const read = (metric: MetricRead) => Promise.resolve((reads.push(metric), []));
    const metric = { Id: 'calls', MetricStat: { Metric: { MetricName: 'Invocations' }, Period: 300, Stat: undefined } };
    await evaluateAlarm({ ...math('calls'), Metrics: [metric] }, at, 'OK', { read });
    expect(reads).toMatchObject([{ namespace: '', metricName: 'Invocations', dimensions: {}, statistic: 'Average' }]);
  });

  test('watches the series that returns data, wherever it is in the list', async () => {
    const alarm = math('calls + errors');
    const values = { Invocations: [0, 0, 3], Errors: [0, 0, 3] };
    expect(await evaluate({ ...alarm, Metrics: [...(alarm.Metrics ?? [])].reverse() }, values)).toBe('ALARM');
    const hidden = alarm.Metrics?.map((query) => ({ ...query, ReturnData: false }));
    expect(await evaluate({ ...alarm, Metrics: hidden }, values)).toBeUndefined();
  });

  test('counts the metrics of the alarm only', async () => {
    expect(await evaluate(math('SUM(METRICS())'), { Invocations: [0, 0, 3], Errors: [0, 0, 3] })).toBe('ALARM');
  });

  test('a value that is missing stays missing in an expression', async () => {
    expect(await evaluate(math('calls * 10', { TreatMissingData: 'missing' }), { Invocations: [undefined] })).toBe('INSUFFICIENT_DATA');
  });

  test('an error of the source is not taken for missing data', async () => {
    const read = () => Promise.reject(new Error('the store is closed'));
    await expect(evaluateAlarm(single(), at, 'OK', { read })).rejects.toThrow('the store is closed');
  });

  test('evaluates expressions over expressions', async () => {
    const values = { Invocations: [100, 100, 100, 10], Errors: [undefined, 6, 8, 9] };
    const alarm = math('IF(calls >= 20, 100 * errors / calls, 0)', { EvaluationPeriods: 2, DatapointsToAlarm: 1 });

    expect(await evaluate(alarm, values)).toBe('ALARM');
    expect(await evaluate({ ...alarm, DatapointsToAlarm: 2 }, values)).toBe('OK');
  });

  test('compares with a band where it is given one', async () => {
    const alarm = banded();
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
    const duringWarmUp = { WarmUpPeriodDurationInMinutes: 60, OnlyStartEvaluatingAfterWarmUpPeriodEnds: false };
    const updated = { AlarmConfigurationUpdatedTimestamp: since(1) };
    expect(await evaluate(alarm({ ...updated, WarmUpConfiguration: duringWarmUp }), {})).toBe('ALARM');
    expect(await evaluate(alarm({ ...updated, WarmUpConfiguration: undefined }), {})).toBe('ALARM');
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

/** An alarm on a band of expected values. */
function banded(changes: Partial<AlarmDefinition> = {}, Expression = 'ANOMALY_DETECTION_BAND(calls, 2)'): AlarmDefinition {
  const alarm = math('calls', {
    ComparisonOperator: 'GreaterThanUpperThreshold',
    ThresholdMetricId: 'band',
    Threshold: undefined,
    ...changes,
  });
  return { ...alarm, Metrics: [...(alarm.Metrics ?? []), { Id: 'band', Expression }] };
}
