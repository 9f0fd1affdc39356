import { evaluateComposite } from '../../local-cloudwatch/composite-alarm';
import { GRAMMARS, type GrammarName, parseExpression } from '../../local-cloudwatch/expressions';
import { runQuery } from '../../local-cloudwatch/logs-insights';
import { evaluateMath } from '../../local-cloudwatch/metric-math';

const names = Object.keys(GRAMMARS) as GrammarName[];
const operatorsOf = (name: GrammarName): string[] => Object.keys(GRAMMARS[name].binary);

describe.each(names)('%s', (grammar) => {
  const others = names.filter((name) => name !== grammar);
  const foreign = others.flatMap(operatorsOf).filter((operator) => !operatorsOf(grammar).includes(operator));

  test.each(operatorsOf(grammar))('has %s', (operator) => {
    expect(parseExpression(grammar, `a ${operator} b`)).toMatchObject({ type: 'BinaryExpression', operator });
  });

  test.each(foreign)('refuses %s, which another language has', (operator) => {
    others.forEach((other) => parseExpression(other, 'a'));
    expect(() => parseExpression(grammar, `a ${operator} b`)).toThrow();
  });

  test.each(['', 'a b', 'a, b', '(a', 'a % b', '!a', '~a'])('refuses %j', (text) => {
    expect(() => parseExpression(grammar, text)).toThrow();
  });
});

test('names with @ are of Logs Insights only', () => {
  expect(parseExpression('logsInsights', '@timestamp')).toMatchObject({ type: 'Identifier', name: '@timestamp' });
  expect(() => parseExpression('metricMath', '@timestamp')).toThrow();
});

test('a power is worked out from the right, everything else from the left', () => {
  expect(parseExpression('metricMath', '2 ^ 3 ^ 4')).toMatchObject({ left: { value: 2 }, right: { operator: '^' } });
  expect(parseExpression('metricMath', '2 - 3 - 4')).toMatchObject({ left: { operator: '-' }, right: { value: 4 } });
});

describe('every operator of a grammar is evaluated', () => {
  test.each(operatorsOf('metricMath'))('%s in metric math', (operator) => {
    const context = { starts: [0], periodSeconds: 60, lookup: () => ({ label: 'm', values: new Map([[0, 2]]) }) };
    expect(evaluateMath(`m ${operator} m`, context)[0]?.values.size).toBe(1);
  });

  test.each(operatorsOf('compositeRule'))('%s in the rule of a composite alarm', (operator) => {
    expect(evaluateComposite({ AlarmRule: `TRUE ${operator} TRUE` }, () => 'OK')).toBe('ALARM');
  });

  test.each(operatorsOf('logsInsights'))('%s in Logs Insights', (operator) => {
    const right = operator === 'in' ? '[4]' : operator === 'as' ? 'b' : '4';
    const { columns, rows } = runQuery(`fields a ${operator} ${right}`, [new Map([['a', 4]])]);
    expect(rows[0]?.get(columns[0]!)).toBeDefined();
  });
});
