import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMetrics } from '../../lib/cost-metrics';
import { DashboardSources } from '../../lib/dashboard-sources';
import { SavedQueries } from '../../lib/saved-queries';

function templateOf(groups: Array<keyof DashboardSources>, folder?: string, sources: Partial<DashboardSources> = {}): Template {
  const stack = new Stack(new App(), 'Test');
  const given = Object.fromEntries(groups.map((name) => [name, logs.LogGroup.fromLogGroupName(stack, name, `/${name}`)]));
  new SavedQueries(stack, 'Queries', { folder, sources: { costMetrics: CostMetrics.inNamespace(), ...given, ...sources } });
  return Template.fromStack(stack);
}

const names = (template: Template): string[] =>
  Object.values(template.findResources('AWS::Logs::QueryDefinition')).map(({ Properties }) => (Properties as { Name: string }).Name);

test('saves the questions in one folder, against the ledger', () => {
  const template = templateOf(['ledgerLogGroup']);
  template.hasResourceProperties('AWS::Logs::QueryDefinition', {
    Name: Match.stringLikeRegexp('^Amazon Bedrock/Test-Queries-[0-9A-F]{8}/Top ten roles by cost$'),
    LogGroupNames: ['/ledgerLogGroup'],
    QueryString: Match.stringLikeRegexp(
      '^filter ledger = 1 and status != "malformed"\n.*\n\\| stats max\\(costUsd\\) as cost by callId, principal\n\\| stats sum\\(cost\\) as usd',
    ),
  });
  expect(names(template).every((name) => name.startsWith('Amazon Bedrock/'))).toBe(true);
  expect(names(template).join()).not.toContain('PROMPTS');
});

test('marks the one query that shows prompts, and saves it only where the log group is given', () => {
  expect(names(templateOf(['ledgerLogGroup', 'invocationLogGroup'])).filter((name) => name.includes('READS PROMPTS'))).toHaveLength(1);
});

test('asks for an owner by the key that callers use', () => {
  templateOf(['ledgerLogGroup'], 'Costs/AI', { ownerMetadataKey: 'cost center' }).hasResourceProperties('AWS::Logs::QueryDefinition', {
    Name: 'Costs/AI/Cost by cost center (USD)',
    QueryString: Match.stringLikeRegexp('coalesce\\(`metadata.cost center`, "unallocated"\\) as owner'),
  });
});

test('fails without anything to query', () => {
  expect(() => templateOf([])).toThrow(
    "'sources' must have a log group to query, got none: set 'ledgerLogGroup', 'agentLogGroup', 'spanLogGroups'",
  );
});

test('fails on a folder that has no name', () => {
  expect(() => templateOf(['ledgerLogGroup'], 'Costs//AI')).toThrow("'folder' must be names separated by single slashes, got 'Costs//AI'");
});

test('names are allowed by older schemas, and differ between two constructs in one Region', () => {
  const namesOf = (id: string) => {
    const stack = new Stack(new App(), id);
    const ledgerLogGroup = logs.LogGroup.fromLogGroupName(stack, 'Ledger', '/ledger');
    const sources = { costMetrics: CostMetrics.inNamespace(), ledgerLogGroup, ownerMetadataKey: 'team:cost' };
    ['Queries', 'Renamed'].forEach((name) => new SavedQueries(stack, name, { sources }));
    return Object.values(Template.fromStack(stack).findResources('AWS::Logs::QueryDefinition')).map(
      ({ Properties }) => Properties.Name as string,
    );
  };
  const all = ['One', 'Two'].flatMap(namesOf);
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((name) => !/^[^:*/]+(\/[^:*/]+)+$/.test(name) || name.length > 255)).toEqual([]);
});
