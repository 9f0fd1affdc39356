import { existsSync, readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { AGENT_ROWS } from '../../lib/private/alarms/table/agents';
import { CRITICAL_ROWS } from '../../lib/private/alarms/table/critical';
import { HEARTBEAT_ROWS } from '../../lib/private/alarms/table/heartbeats';
import { PRICE_ROWS } from '../../lib/private/alarms/table/prices';
import type { AlarmRow } from '../../lib/private/alarms/table/row';
import { TELEMETRY_ROWS } from '../../lib/private/alarms/table/telemetry';
import { WARNING_ROWS } from '../../lib/private/alarms/table/warning';
import { alarmSet } from '../lib/alarm-set';
import { tableBelow } from './generated';

const PAGE = 'docs/alarms.md';
/** CloudWatch bills each metric that an alarm reads (pricing page, us-east-1). */
const USD_PER_METRIC = 0.1;
const HEAD = ['| alarm | fires when | evaluated | why this default | USD a month |', '| --- | --- | --- | --- | ---: |'];

interface AlarmProperties {
  readonly Period?: number;
  readonly Metrics?: ReadonlyArray<{
    readonly Expression?: string;
    readonly Period?: number;
    readonly MetricStat?: { readonly Period: number };
  }>;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
}

const found = Template.fromStack(alarmSet(true).stack).findResources('AWS::CloudWatch::Alarm');
const alarms = new Map(
  Object.entries(found).map(([id, { Properties }]) => [id.replace(/^Alarms|[0-9A-F]{8}$/g, ''), Properties as AlarmProperties]),
);

function docsRow({ name, summary, threshold, reason }: AlarmRow): string {
  const { Metrics: metrics = [], Period: period = 0, EvaluationPeriods: n, DatapointsToAlarm: m = n } = alarms.get(name)!;
  const seconds = Math.max(period, ...metrics.map((metric) => metric.MetricStat?.Period ?? metric.Period ?? 0));
  const length = seconds < 3600 ? `${seconds / 60} min` : seconds < 86_400 ? `${seconds / 3600} h` : `${seconds / 86_400} d`;
  // A band is billed as two metrics, its upper and its lower edge.
  const bands = metrics.filter(({ Expression }) => Expression?.startsWith('ANOMALY_DETECTION_BAND')).length;
  const billed = Math.max(1, metrics.filter(({ MetricStat }) => MetricStat).length) + 2 * bands;
  const runbook = name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
  const evaluated = m === n ? `${n} × ${length}` : `${m} of ${n} × ${length}`;
  return `| [${name}](runbooks/${runbook}.md) | ${summary(threshold)} | ${evaluated} | ${reason} | ${(billed * USD_PER_METRIC).toFixed(2)} |`;
}

test.each([
  ['critical', CRITICAL_ROWS],
  ['warning', WARNING_ROWS],
  ['agents', AGENT_ROWS],
  ['telemetry', [...TELEMETRY_ROWS, ...HEARTBEAT_ROWS, ...PRICE_ROWS]],
] as const)('the table of %s alarms is made of their rows; UPDATE_DOCS=1 writes it', (name, rows) => {
  const table = [...HEAD, ...rows.map(docsRow)].join('\n');
  expect(tableBelow(PAGE, `${name} alarms`, table)).toBe(table);
});

test('every link of docs/alarms.md leads somewhere', () => {
  const links = [...readFileSync(PAGE, 'utf8').matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(`docs/${link}`))).toEqual([]);
});
