import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Audience, CostMetrics, Dashboards, DashboardSources, DashboardsProps } from '../../lib';
import { parseDashboardBody } from '../dashboard-body';

type Overrides = Partial<Omit<DashboardsProps, 'sources'>> & { readonly sources?: Partial<DashboardSources> };

function templateOf({ sources, ...overrides }: Overrides = {}): Template {
  const stack = new Stack(new App(), 'Test');
  const ledgerLogGroup = logs.LogGroup.fromLogGroupName(stack, 'Ledger', 'ledger');
  new Dashboards(stack, 'Dashboards', { sources: { costMetrics: CostMetrics.inNamespace(), ledgerLogGroup, ...sources }, ...overrides });
  return Template.fromStack(stack);
}

function headers(template: Template): string[] {
  return Object.values(template.findResources('AWS::CloudWatch::Dashboard')).map(({ Properties }) => {
    const body = parseDashboardBody((Properties as { DashboardBody: unknown }).DashboardBody);
    return (body as { widgets: Array<{ properties: { markdown: string } }> }).widgets[0]!.properties.markdown.split(' · ')[0]!;
  });
}

const FIVE = ['## Executive', '## FinOps', '## DevOps', '## Developer', '## Security'];

test('are five, and the queries are saved', () => {
  const template = templateOf();
  expect(headers(template)).toEqual(FIVE);
  expect(Object.keys(template.findResources('AWS::Logs::QueryDefinition')).length).toBeGreaterThan(10);
});

test('are for agents too where spans are given', () => {
  const spansLogGroup = logs.LogGroup.fromLogGroupName(new Stack(), 'Spans', 'aws/spans');
  expect(headers(templateOf({ sources: { spanLogGroups: [spansLogGroup] } }))).toEqual([...FIVE, '## Agents']);
});

test('are those that were asked for, and save nothing without a log group', () => {
  const template = templateOf({ audiences: [Audience.FINOPS], sources: { ledgerLogGroup: undefined } });
  expect(headers(template)).toEqual(['## FinOps']);
  template.resourceCountIs('AWS::Logs::QueryDefinition', 0);
});

test('leave a widget out of each dashboard that has it', () => {
  const text = JSON.stringify(templateOf({ exclude: ['PriceCoverage', 'LegacyModels'] }).toJSON());
  expect(text).not.toContain('Calls with a price (%)');
  expect(text).not.toContain('Calls to legacy models');
});

test.each<[string, Overrides, string]>([
  [
    'an audience twice',
    { audiences: [Audience.FINOPS, Audience.FINOPS] },
    "'audiences' must name each audience once, got 'FinOps, FinOps'",
  ],
  ['a widget that no dashboard has', { exclude: ['Nothing'] }, "'exclude' must name widgets that one of the dashboards has, got 'Nothing'"],
])('fails on %s', (_, overrides, message) => {
  expect(() => templateOf(overrides)).toThrow(message);
});
