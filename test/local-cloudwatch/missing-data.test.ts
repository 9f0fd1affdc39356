import { stateOf } from '../../local-cloudwatch/missing-data';

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
