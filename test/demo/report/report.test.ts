import { reportOf } from '../../../demo/report/report';
import { result } from './sample-result';

test('the report names what has no price and what could not be shown', () => {
  const report = reportOf(result);

  expect(report).toMatch(/^The dashboards of these calls.*\npreview\/index.html\n/);
  expect(reportOf({ ...result, preview: undefined })).toMatch(/^Cost by model/);
  for (const part of [
    'model-a',
    '1.000000',
    '1 unpriced',
    '1,200',
    'No price is known for new (1)',
    'Cost 1.500000000001 USD, expected 1.500000000001 USD',
    'Too many calls fail',
    'CriticalIncident ALARM',
    '12:00 UTC calls fail during an announced maintenance: no message',
    '2 AWS::Logs::QueryDefinition: accepted, not emulated',
    "1 dashboard widgets that search metrics or query logs: 'By search'",
    'npx cdk deploy',
    '  invoke_agent planner',
    'each of its 3 model calls once, by its record │ 13,077 │ 0.02596473',
    'all spans added up                            │ 26,515 │ 0.07430445',
    'Adding up the spans gives 2.9 times the cost',
    'counted',
    'Its AgentCore runtime cost 0.0001081 to 0.0001715 USD beside that',
    'planner',
    '0.0042966',
  ]) {
    expect(report).toContain(part);
  }
});

test('the report has what fires first, and no line that is too long', () => {
  const titles = Array.from({ length: 9 }, (_, index) => `A widget with a long title ${index}`);
  const lines = reportOf({ ...result, dashboards: [{ ...result.dashboards[0]!, notEmulated: [...titles, ...titles] }] }).split('\n');

  expect(lines.findIndex((line) => line.includes('ErrorRate'))).toBeLessThan(lines.findIndex((line) => line.includes('Latency')));
  expect(lines.filter((line) => line.includes('long title 3'))).toHaveLength(1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});
