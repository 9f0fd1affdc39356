import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnStackSet, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { MemberStack, type MemberStackProps } from './member-stack';

export interface ManagementStackProps extends StackProps, MemberStackProps {
  readonly organizationalUnits: string[];
  readonly regions: string[];
}

/** Deploys the template of the members to every account of some organizational units, those that join later included. */
export class ManagementStack extends Stack {
  constructor(scope: Construct, id: string, { organizationalUnits, regions, central, sinkArns, ...props }: ManagementStackProps) {
    super(scope, id, props);

    // In an app of its own: this stack holds the template, and nothing else deploys it.
    const members = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'members-')) });
    new MemberStack(members, 'Member', { central, sinkArns });
    const { template } = members.synth().stacks[0]! as { template: object };
    new CfnStackSet(this, 'MemberLogging', {
      stackSetName: 'bedrock-member-logging',
      description: 'Amazon Bedrock invocation logging, to the central account',
      permissionModel: 'SERVICE_MANAGED',
      // The role that may be asked for profiles has a name.
      capabilities: ['CAPABILITY_NAMED_IAM'],
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      operationPreferences: { failureTolerancePercentage: 10, maxConcurrentPercentage: 25, regionConcurrencyType: 'PARALLEL' },
      stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds: organizationalUnits }, regions }],
      templateBody: JSON.stringify(template),
    });
  }
}
