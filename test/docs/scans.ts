import { Template } from 'aws-cdk-lib/assertions';
import { readEmf } from '../../local-cloudwatch/emf-reader';
import { Quotas } from '../../lambda/measure-quota/quotas';
import { usageLines } from '../../lambda/measure-quota/usage-lines';
import { readSignalsConfig } from '../../lambda/publish-signals/config';
import { runSchedule } from '../../lambda/publish-signals/publish';
import { FakeSources } from '../lambda/publish-signals/fake-sources';

const NOW = Date.UTC(2026, 10, 21, 12);
const MONTH_MINUTES = 30 * 24 * 60;
const MINUTES = { minute: 1, minutes: 1, hour: 60, hours: 60 } as const;

/** Runs in a month of each schedule of the alarm signals, from the rules of a template. */
function runsOf(template: Template): ReadonlyMap<string, number> {
  const rules = Object.values(template.findResources('AWS::Events::Rule')) as Array<{
    Properties: { ScheduleExpression?: string; Targets: Array<{ Input?: string }> };
  }>;
  return new Map(
    rules.flatMap(({ Properties: { ScheduleExpression = '', Targets } }) => {
      const [, count, unit] = /^rate\((\d+) (\w+)\)$/.exec(ScheduleExpression) ?? [];
      const { schedule } = JSON.parse(Targets[0]?.Input ?? '{}') as { schedule?: string };
      return count && unit && schedule
        ? [[schedule, MONTH_MINUTES / (Number(count) * MINUTES[unit as keyof typeof MINUTES])] as const]
        : [];
    }),
  );
}

/** Cost and tokens in each period, enough of them that no signal ends early. */
const ROW = {
  principal: 'role',
  usd: '1',
  firstDay: '2026-11-01',
  sent: '1000000',
  output: '10',
  mostTokens: '5',
  operation: 'execute_tool',
  p95: '1',
};
const busy = () =>
  new FakeSources(
    () => 1_000_000,
    ['us.a', 'b'],
    () => [ROW],
  );

/** How often the signals of a stack read a log group over in a month: the time that their queries cover, in months. */
export async function timesRead(template: Template, logGroup: 'ledger' | 'spans'): Promise<number> {
  let minutes = 0;
  for (const [schedule, runs] of runsOf(template)) {
    const sources = busy();
    await runSchedule(schedule, sources, { ...readSignalsConfig({}), ledgerLogGroups: ['ledger'], spans: ['spans'] }, NOW);
    const asked = sources.queries.filter((query) => [query.logGroup].flat().includes(logGroup));
    minutes += runs * asked.reduce((sum, { from, to }) => sum + (to - from) / 60_000, 0);
  }
  return minutes / MONTH_MINUTES;
}

/** How many metrics the signals of a stack publish. */
export async function publishedSignals(template: Template, spans: readonly string[] = []): Promise<number> {
  const lines = [...usageLines('Any', new Quotas([], []), new Map(), NOW)];
  for (const schedule of runsOf(template).keys()) {
    lines.push(...(await runSchedule(schedule, busy(), { ...readSignalsConfig({}), ledgerLogGroups: ['ledger'], spans }, NOW)).lines);
  }
  return new Set(lines.flatMap(readEmf).map(({ metricName, dimensions }) => JSON.stringify([metricName, dimensions]))).size;
}
