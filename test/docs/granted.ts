import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, CfnResource, Duration, FileSystem, Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Template } from 'aws-cdk-lib/assertions';
import * as library from '../../lib';

const ROOT = join(__dirname, '..', '..');

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly AssumeRolePolicyDocument?: { readonly Statement: { readonly Principal: { readonly Service: unknown } }[] };
    readonly ManagedPolicyArns?: readonly unknown[];
    readonly Roles?: readonly { readonly Ref: string }[];
    readonly PolicyDocument?: { readonly Statement: Statement[] };
    readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: Statement[] } }[];
  };
}

/** One statement of a role. */
export interface Grant {
  /** The folder of the function in lambda/. Absent for the role of a service of AWS. */
  readonly handler?: string;
  /** The path of the role. */
  readonly role: string;
  /** Who may assume the role. */
  readonly service: string;
  readonly actions: readonly string[];
  /** Resources in words: the path of the construct, or an ARN. */
  readonly resources: readonly string[];
  readonly condition?: unknown;
}

/** What each role that this library makes may do when everything is switched on: those of functions first. */
export function grants(handlers: readonly string[]): Grant[] {
  return [everything(), member()]
    .flatMap((stack) => grantsIn(stack, handlers))
    .sort((one, other) => Number(one.handler === undefined) - Number(other.handler === undefined));
}

function grantsIn(stack: Stack, handlers: readonly string[]): Grant[] {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  const resources = stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node));
  const idOf = (each: CfnResource) => stack.resolve(each.logicalId) as string;
  const pathOf = (logicalId: string) =>
    resources.find((each) => idOf(each) === logicalId)?.node.path.replace(/^All\/(BedrockObservability\/)?|^Member\/|\/Resource$/g, '') ??
    logicalId;
  const folders = new Map(handlers.map((handler) => [`asset.${FileSystem.fingerprint(join(ROOT, 'assets', handler))}`, handler]));

  const ofFunctions = resources
    .filter((each): each is lambda.CfnFunction => each.cfnResourceType === 'AWS::Lambda::Function')
    .map((each) => {
      const { 'Fn::GetAtt': role } = stack.resolve(each.role) as { 'Fn::GetAtt': [string, string] };
      const isInline = stack.resolve(each.code as lambda.CfnFunction.CodeProperty).zipFile !== undefined;
      return [
        role[0],
        isInline ? INLINE : (folders.get(each.cfnOptions.metadata?.['aws:asset:path'] as string) ?? each.node.path),
      ] as const;
    });
  const ofServices = resources
    .filter((each) => each.cfnResourceType === 'AWS::IAM::Role' && !ofFunctions.some(([role]) => role === idOf(each)))
    .map((each) => [idOf(each), undefined] as const);
  return [...ofFunctions, ...ofServices].flatMap(([role, handler]) =>
    statementsOf(Resources, role).map(({ Action, Resource, Condition }) => ({
      handler,
      role: pathOf(role),
      service: Resources[role]!.Properties.AssumeRolePolicyDocument!.Statement.map(({ Principal }) =>
        textOf(Principal.Service, pathOf),
      ).join(', '),
      actions: [Action].flat(),
      resources: [Resource].flat().map((resource) => textOf(resource, pathOf)),
      condition: Condition,
    })),
  );
}

/** The only handler whose code a template holds, for accounts that have no bucket for assets. */
const INLINE = 'configure-logging';

function member(): Stack {
  const stack = new Stack(new App(), 'Member');
  new library.MemberLogging(stack, 'MemberLogging', { destinationAccount: '111122223333' });
  return stack;
}

function everything(): Stack {
  const stack = new Stack(new App({ context: { 'aws:cdk:enable-asset-metadata': true } }), 'All');
  const { costMeter } = new library.BedrockObservability(stack, 'BedrockObservability', {
    level: library.ObservabilityLevel.ADVANCED,
    agents: {},
    costMeter: { otlp: { destination: library.OtlpDestination.cloudWatch() } },
    alarmActivation: library.AlarmActivation.after(Duration.days(1)),
  });
  new library.AgentCoreTelemetry(stack, 'AgentCoreTelemetry', {
    runtimes: [
      new agentcore.CfnRuntime(stack, 'Runtime', {
        agentRuntimeName: 'agent',
        agentRuntimeArtifact: { containerConfiguration: { containerUri: 'agent' } },
        networkConfiguration: { networkMode: 'PUBLIC' },
        roleArn: 'role',
      }),
    ],
    encryptionKey: new kms.Key(stack, 'LogsKey'),
  });
  new library.TransactionSearch(stack, 'TransactionSearch', { encryptionKey: new kms.Key(stack, 'SpansKey') });
  new library.UnrecordedUsage(stack, 'UnrecordedUsage', { batchOutputBuckets: [s3.Bucket.fromBucketName(stack, 'Batches', 'BATCHES')] });
  const stream = new kinesis.Stream(stack, 'Records');
  const table = new library.LedgerTable(stack, 'LedgerTable', { auditCopy: library.LedgerAuditCopy.compliance() });
  new library.CostMeter(stack, 'StreamMeter', { source: library.RecordSource.stream(stream), ledger: library.Ledger.perCall({ table }) });
  new library.RecordDestination(stack, 'RecordDestination', { stream, organizationId: 'o-a1b2c3d4e5' });
  new library.OtelGateway(stack, 'OtelGateway', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
    destinations: [
      library.OtlpDestination.cloudWatch(),
      library.OtlpDestination.honeycomb(secretsmanager.Secret.fromSecretNameV2(stack, 'Headers', 'HEADERS')),
    ],
  });
  new library.AlarmTopic(stack, 'AlarmTopic').addSlackChannel('team', { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' });
  new library.BillReconciliation(stack, 'BillReconciliation', { costMeter });
  new library.BillReconciliation(stack, 'ExportReconciliation', {
    costMeter,
    source: library.BillSource.dataExport({ bucket: s3.Bucket.fromBucketName(stack, 'Bills', 'BILLS'), exportName: 'EXPORT' }),
  });
  new library.MemberWatch(stack, 'MemberWatch', { costMeter, regions: ['us-east-1'] });
  const ofMembers = library.RecordSource.stream(new kinesis.Stream(stack, 'OfMembers'));
  new library.CostMeter(stack, 'CentralMeter', {
    source: ofMembers,
    profileRoleName: 'bedrock-profile-reader',
    metricNamespace: 'Central',
  });
  return stack;
}

function statementsOf(resources: Record<string, Resource>, roleId: string): Statement[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    if (id === roleId) {
      const managed = Properties.ManagedPolicyArns?.map((arn) => ({ Action: 'managed policy', Resource: arn })) ?? [];
      return [...managed, ...(Properties.Policies ?? []).flatMap((policy) => policy.PolicyDocument.Statement)];
    }
    const isAttached = Type === 'AWS::IAM::Policy' && Properties.Roles!.some(({ Ref }) => Ref === roleId);
    return isAttached ? Properties.PolicyDocument!.Statement : [];
  });
}

/** An ARN as a template has it, in words. */
function textOf(value: unknown, pathOf: (logicalId: string) => string): string {
  if (typeof value === 'string') {
    return value;
  }
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
    'Fn::Select': select,
  } = value as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: [string, string];
    readonly 'Fn::Join'?: [string, unknown[]];
    readonly 'Fn::Select'?: unknown;
  };
  if (join) {
    return join[1].map((part) => textOf(part, pathOf)).join('');
  }
  if (select) {
    return 'STACK';
  }
  return Ref?.startsWith('AWS::') ? Ref.replace('AWS::', '').toUpperCase() : pathOf(Ref ?? attribute![0]);
}

/** The sources of a handler, with everything that they import from this repository. */
export function sourcesOf(handler: string): string {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) {
      return;
    }
    seen.add(file);
    for (const [, relative] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const target = join(dirname(file), relative!.replace(/\.js$/, ''));
      const found = [`${target}.ts`, join(target, 'index.ts')].find((each) => existsSync(each));
      if (found !== undefined) {
        visit(found);
      }
    }
  };
  visit(join(ROOT, 'lambda', handler, 'index.ts'));
  return [...seen].map((file) => readFileSync(file, 'utf8')).join('\n');
}
