import type { AlarmState } from '../../local-cloudwatch/alarm-evaluator';
import { evaluateComposite } from '../../local-cloudwatch/composite-alarm';

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
