import {
  type AlarmDefinition,
  type AlarmState,
  evaluateAlarm,
  type MetricRead,
  periodsBefore,
  stateOf,
} from '../../local-cloudwatch/alarm-evaluator';
import { evaluateComposite } from '../../local-cloudwatch/composite-alarm';

/** `0` does not breach, `X` breaches, `-` has no data: as CloudWatch's guide writes its examples, the latest last. */
const row = (text: string) => text.split(' ').map((sign) => (sign === '-' ? undefined : sign === 'X'));
const KEEPS = 'INSUFFICIENT_DATA';

describe('the documented treatment of missing data', () => {
  test.each([
    // row, N, M, missing, ignore, breaching, notBreaching
    ['0 - X - X', 3, 3, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - 0', 3, 3, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 3, 3, 'INSUFFICIENT_DATA', KEEPS, 'ALARM', 'OK'],
    ['0 X X - X', 3, 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 3, 3, 'ALARM', KEEPS, 'ALARM', 'OK'],
    ['0 - X - X', 3, 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 3, 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 3, 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 3, 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 3, 2, 'ALARM', KEEPS, 'ALARM', 'OK'],
  ] as const)('%s, %i periods, %i to alarm', (signs, evaluated, toAlarm, missing, ignore, breaching, notBreaching) => {
    const state = (treatment: string) => stateOf(row(signs), { evaluated, toAlarm, missing: treatment, before: KEEPS });

    expect(state('missing')).toBe(missing);
    expect(state('ignore')).toBe(ignore);
    expect(state('breaching')).toBe(breaching);
    expect(state('notBreaching')).toBe(notBreaching);
  });

  test('keeps an alarm on while data that are ignored are missing', () => {
    expect(stateOf(row('- - -'), { evaluated: 1, toAlarm: 1, missing: 'ignore', before: 'ALARM' })).toBe('ALARM');
  });
});

describe('the periods that are looked at', () => {
  const starts = (changes: Partial<AlarmDefinition>, at: string, count = 2) =>
    periodsBefore(single(changes), new Date(at), count).map(({ start, end }) => [
      new Date(start * 1000).toISOString().slice(5, 16),
      (end - start) / 3600,
    ]);

  test('end with the current minute in a sliding window', () => {
    expect(starts({ Period: 3600 }, '2026-11-21T14:07:31Z')).toEqual([
      ['11-21T12:07', 1],
      ['11-21T13:07', 1],
    ]);
  });

  test('end with the last complete period on the wall clock: a day is judged once it is over', () => {
    const day = { Period: 86400, EvaluationWindow: { WallClockWindow: { Timezone: 'America/New_York' } } };
    expect(starts(day, '2026-11-21T14:07:31Z')).toEqual([
      ['11-19T05:00', 24],
      ['11-20T05:00', 24],
    ]);
  });

  test.each([
    ['spring, when a day has 23 hours', '2026-03-30T12:00:00Z', ['03-28T23:00', 23]],
    ['autumn, when a day has 25 hours', '2026-10-26T12:00:00Z', ['10-24T22:00', 25]],
  ])('follow daylight saving in %s', (_, at, day) => {
    const wallClock = { Period: 86400, EvaluationWindow: { WallClockWindow: { Timezone: 'Europe/Berlin' } } };
    expect(starts(wallClock, at, 1)).toEqual([day]);
  });

  test('follow zones that are half an hour off, and weeks that begin on Monday', () => {
    const wallClock = (Period: number) => ({ Period, EvaluationWindow: { WallClockWindow: { Timezone: '+05:30' } } });
    expect(starts(wallClock(3600), '2026-11-21T14:07:00Z', 1)).toEqual([['11-21T12:30', 1]]);
    expect(starts(wallClock(604800), '2026-11-21T14:07:00Z', 1)).toEqual([['11-08T18:30', 168]]);
    expect(starts({ Period: 300, EvaluationWindow: { WallClockWindow: {} } }, '2026-11-21T14:07:00Z', 1)).toEqual([
      ['11-21T14:00', 1 / 12],
    ]);
  });
});

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

describe('a composite alarm', () => {
  const states: Record<string, AlarmState> = { a: 'ALARM', b: 'OK', c: 'INSUFFICIENT_DATA' };
  const evaluate = (AlarmRule: string) => evaluateComposite({ AlarmRule }, (name) => states[name] ?? 'OK');

  test.each([
    ['ALARM("a")', 'ALARM'],
    ['ALARM("b")', 'OK'],
    ['OK("b") AND INSUFFICIENT_DATA("c")', 'ALARM'],
    ['ALARM("b") OR ALARM("a")', 'ALARM'],
    ['(ALARM("a") OR ALARM("b")) AND (NOT (ALARM("a")))', 'OK'],
    ['ALARM("arn:aws:cloudwatch:eu-central-1:111122223333:alarm:a")', 'ALARM'],
    ['TRUE', 'ALARM'],
    ['FALSE', 'OK'],
  ] as const)('%s is %s', (rule, state) => {
    expect(evaluate(rule)).toBe(state);
  });

  test('fails on a rule that it does not know', () => {
    expect(() => evaluate('AT_LEAST(2, ALARM, ("a", "b"))')).toThrow(
      'in the rule of a composite alarm is not among what this evaluator knows',
    );
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
