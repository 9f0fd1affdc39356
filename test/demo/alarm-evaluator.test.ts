import { type AlarmDefinition, evaluateAlarm, type MetricRead, stateOf } from '../../demo/alarm-evaluator';

/** `0` does not breach, `X` breaches, `-` has no data: as CloudWatch's guide writes its examples. */
const row = (text: string) => text.split(' ').map((sign) => (sign === '-' ? undefined : sign === 'X'));

describe('the documented treatment of missing data', () => {
  test.each([
    // row, N, M, missing, ignore (undefined: keeps its state), breaching, notBreaching
    ['0 - X - X', 3, 3, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - 0', 3, 3, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 3, 3, 'INSUFFICIENT_DATA', undefined, 'ALARM', 'OK'],
    ['0 X X - X', 3, 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 3, 3, 'ALARM', undefined, 'ALARM', 'OK'],
    ['0 - X - X', 3, 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 3, 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 3, 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 3, 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 3, 2, 'ALARM', undefined, 'ALARM', 'OK'],
  ] as const)('%s, %i periods, %i to alarm', (signs, evaluated, toAlarm, missing, ignore, breaching, notBreaching) => {
    const state = (treatment: string) => stateOf(row(signs), { evaluated, toAlarm, missing: treatment, before: 'INSUFFICIENT_DATA' });

    expect(state('missing')).toBe(missing);
    expect(state('ignore')).toBe(ignore ?? 'INSUFFICIENT_DATA');
    expect(state('breaching')).toBe(breaching);
    expect(state('notBreaching')).toBe(notBreaching);
  });
});

describe('an alarm over time', () => {
  const minute = (n: number) => new Date(Date.UTC(2026, 10, 21, 12, n));

  test('reads its own dimensions, statistic and period, the latest period last', async () => {
    const reads: MetricRead[] = [];
    await evaluateAlarm(single({ EvaluationPeriods: 2 }), minute(7), 'OK', (read) => {
      reads.push(read);
      return Promise.resolve([]);
    });

    expect(reads).toEqual([
      expect.objectContaining({
        namespace: 'AWS/Bedrock',
        metricName: 'Invocations',
        dimensions: { ModelId: 'a' },
        statistic: 'Sum',
        periodSeconds: 300,
      }),
    ]);
    expect(reads[0]?.starts.map((start) => new Date(start * 1000).getUTCMinutes())).toEqual([50, 55, 0, 5]);
  });

  test.each([
    ['GreaterThanThreshold', 5, 'OK'],
    ['GreaterThanThreshold', 6, 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 5, 'ALARM'],
    ['LessThanThreshold', 5, 'OK'],
    ['LessThanOrEqualToThreshold', 5, 'ALARM'],
  ] as const)('%s 5 at %i is %s', async (ComparisonOperator, value, state) => {
    expect(await evaluateAlarm(single({ ComparisonOperator }), minute(0), 'OK', () => Promise.resolve([undefined, undefined, value]))).toBe(
      state,
    );
  });

  test('evaluates expressions over expressions', async () => {
    const series: Record<string, (number | undefined)[]> = { Invocations: [100, 100, 100, 10], Errors: [undefined, 6, 8, 9] };
    const alarm = math('IF(calls >= 20, 100 * errors / calls, 0)', { EvaluationPeriods: 2, DatapointsToAlarm: 1 });

    expect(await evaluateAlarm(alarm, minute(0), 'OK', (read) => Promise.resolve(series[read.metricName] ?? []))).toBe('ALARM');
    expect(
      await evaluateAlarm({ ...alarm, DatapointsToAlarm: 2 }, minute(0), 'OK', (read) => Promise.resolve(series[read.metricName] ?? [])),
    ).toBe('OK');
  });

  test('says that it does not know rather than guess', async () => {
    expect(await evaluateAlarm(math('ANOMALY_DETECTION_BAND(calls)'), minute(0), 'OK', () => Promise.resolve([1, 1, 1]))).toBeUndefined();
    expect(await evaluateAlarm(math('calls'), minute(0), 'OK', () => Promise.resolve([1, 1, 9]))).toBe('ALARM');
    expect(
      await evaluateAlarm(single({ ComparisonOperator: 'LessThanLowerThreshold' }), minute(0), 'OK', () => Promise.resolve([1])),
    ).toBeUndefined();
  });

  function single(changes: Partial<AlarmDefinition> = {}): AlarmDefinition {
    return {
      AlarmName: 'alarm',
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
});
