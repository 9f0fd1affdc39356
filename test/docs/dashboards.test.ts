import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Audience, CostMetrics, DashboardSegment } from '../../lib';

const logGroup = logs.LogGroup.fromLogGroupName(new Stack(), 'Group', 'group');
const sources = {
  costMetrics: CostMetrics.inNamespace(),
  ledgerLogGroup: logGroup,
  invocationLogGroup: logGroup,
  spanLogGroups: [logGroup],
  trailLogGroup: logGroup,
  ownerMetadataKey: 'team',
  promptsHashed: true,
  signalsPublished: true,
};
const guide = readFileSync(join(process.cwd(), 'docs', 'dashboards.md'), 'utf8');
const questions = [...guide.matchAll(/^\| (\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|/gm)].map(([, number, audiences, widgets]) => ({
  number: Number(number),
  audiences: audiences!.split(',').map((name) => name.trim() as Audience),
  widgets: [...widgets!.matchAll(/`(\w+)`/g)].map(([, id]) => id!),
}));
/** Where agents are metered, the widgets over their spans are left out. */
const SOURCES = [sources, { ...sources, agentLogGroup: logGroup }];
const idsOf = (audience: Audience) =>
  SOURCES.flatMap((each) => new DashboardSegment({ audience, sources: each, monthlyBudgetUsd: 900 }).dashboardWidgets.map(({ id }) => id));

test('the guide answers all 27 questions', () => {
  expect(questions.map(({ number }) => number)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
  expect(questions.every(({ widgets }) => widgets.length > 0)).toBe(true);
});

test.each(questions)('question $number is answered where the guide says', ({ audiences, widgets }) => {
  const there = audiences.flatMap(idsOf);
  expect(widgets.filter((id) => !there.includes(id))).toEqual([]);
});

test('the guide names every widget about agents', () => {
  const named = questions.flatMap(({ widgets }) => widgets);
  expect([...new Set(idsOf(Audience.AGENTS))].filter((id) => !named.includes(id))).toEqual([]);
});
