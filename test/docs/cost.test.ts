import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SampleStack } from '../../bin/sample-stack';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'cost.md'), 'utf8');
const template = Template.fromStack(new SampleStack(new App(), 'Sample'));

interface MathAlarm {
  readonly Properties: { readonly Metrics?: { readonly MetricStat?: object; readonly Expression?: string }[] };
}

/** An alarm is billed by the metrics it reads, one on an anomaly band as three. */
function billedMetrics({ Properties: { Metrics } }: MathAlarm): number {
  const band = Metrics?.some(({ Expression }) => Expression?.includes('ANOMALY_DETECTION_BAND'));
  return band ? 3 : (Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1);
}

test('docs/cost.md counts the alarms and dashboards that the four lines make', () => {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as unknown as MathAlarm[];
  const metrics = alarms.map(billedMetrics).reduce((sum, count) => sum + count, 0);
  const composites = Object.keys(template.findResources('AWS::CloudWatch::CompositeAlarm')).length;
  const dashboards = Object.keys(template.findResources('AWS::CloudWatch::Dashboard')).length;
  expect(page).toContain(`${alarms.length} metric alarms over ${metrics} metrics: ${metrics} × 0.10 | ${(metrics * 0.1).toFixed(2)} |`);
  expect(page).toContain(`| composite alarms | ${composites} × 0.50 | ${(composites * 0.5).toFixed(2)} |`);
  expect(page).toContain(
    `| dashboards | ${dashboards}, of which 3 are free: ${dashboards - 3} × 3.00 | ${((dashboards - 3) * 3).toFixed(2)} |`,
  );
});

test('the sums of docs/cost.md are the sums of their rows', () => {
  const rows = page.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('*', '').replaceAll(',', '').trim()),
  );
  const fixed = rows.filter((cells) => cells.length === 3 && Number(cells[2]) > 0);
  const total = fixed.find(([what]) => what === 'together')!;
  expect(fixed.filter((row) => row !== total).reduce((sum, row) => sum + Number(row[2]), 0)).toBeCloseTo(Number(total[2]), 2);

  const growing = rows.filter((cells) => cells.length === 5 && !Number.isNaN(Number(cells[2])) && cells[0] !== '');
  const sum = (column: number, without: RegExp) =>
    growing
      .filter(([what]) => !/^(with text logged|metadata only)$/.test(what!) && !without.test(what!))
      .reduce((all, row) => all + Number(row[column]), 0);
  for (const column of [2, 3, 4]) {
    const shown = (what: string) => Number(growing.find((row) => row[0] === what)![column]);
    expect(sum(column, /^the same metadata only$/)).toBeCloseTo(shown('with text logged'), 2);
    expect(sum(column, /text/)).toBeCloseTo(shown('metadata only'), 2);
  }
});
