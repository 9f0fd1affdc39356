import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { measure, type Measurement } from '../../../cli/preview/measurement';
import { syntheticRecords } from '../../../cli/preview/synthetic-records';
import { Audience } from '../../../lib/audience';
import { AudienceDashboard } from '../../../lib/audience-dashboard';
import { CostMetrics } from '../../../lib/cost-metrics';

export const END = Date.UTC(2026, 10, 20, 15, 30);

/** The last two days of the example company: enough for every widget, and quick. */
export function measureTwoDays(): Promise<Measurement> {
  const records = syntheticRecords(1).filter(({ time }) => time > END - 2 * 86_400_000);
  return measure(records, { METADATA_KEYS: 'team' });
}

/** The template of a stack with what is added to it, as it is read from a file. */
export function templateWith(add: (stack: Stack) => void): Record<string, unknown> {
  const stack = new Stack(new App(), 'Test');
  add(stack);
  return Template.fromStack(stack).toJSON() as Record<string, unknown>;
}

/** Adds the dashboard of every audience that needs no agents. */
export function addAudiences(stack: Stack): void {
  const ledgerLogGroup = logs.LogGroup.fromLogGroupName(stack, 'Ledger', 'ledger');
  const sources = { costMetrics: CostMetrics.inNamespace(), ledgerLogGroup, ownerMetadataKey: 'team' };
  for (const audience of Object.values(Audience).filter((each) => each !== Audience.AGENTS)) {
    new AudienceDashboard(stack, audience, { audience, sources, monthlyBudgetUsd: 900 });
  }
}
