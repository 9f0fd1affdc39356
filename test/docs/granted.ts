import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, CfnResource, Duration, FileSystem, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
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
    readonly Roles?: readonly { readonly Ref: string }[];
    readonly PolicyDocument?: { readonly Statement: Statement[] };
    readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: Statement[] } }[];
  };
}

/** One statement of the role of a function. */
export interface Grant {
  /** The folder of the function in lambda/. */
  readonly handler: string;
  readonly actions: readonly string[];
  /** Resources in words: the path of the construct, or an ARN. */
  readonly resources: readonly string[];
  readonly condition?: unknown;
}

/** What the role of each function of this library may do when everything is switched on. */
export function grants(handlers: readonly string[]): Grant[] {
  const stack = everything();
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  const resources = stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node));
  const pathOf = (logicalId: string) =>
    resources
      .find((each) => stack.resolve(each.logicalId) === logicalId)
      ?.node.path.replace(/^All\/(BedrockObservability\/)?|\/Resource$/g, '') ?? logicalId;
  const folders = new Map(handlers.map((handler) => [`asset.${FileSystem.fingerprint(join(ROOT, 'assets', handler))}`, handler]));

  return resources
    .filter((each): each is lambda.CfnFunction => each.cfnResourceType === 'AWS::Lambda::Function')
    .flatMap((each) => {
      const handler = folders.get(each.cfnOptions.metadata?.['aws:asset:path'] as string) ?? each.node.path;
      const { 'Fn::GetAtt': role } = stack.resolve(each.role) as { 'Fn::GetAtt': [string, string] };
      return statementsOf(Resources, role[0]).map(({ Action, Resource, Condition }) => ({
        handler,
        actions: [Action].flat(),
        resources: [Resource].flat().map((resource) => textOf(resource, pathOf)),
        condition: Condition,
      }));
    });
}

function everything(): Stack {
  const stack = new Stack(new App({ context: { 'aws:cdk:enable-asset-metadata': true } }), 'All');
  const { costMeter } = new library.BedrockObservability(stack, 'BedrockObservability', {
    level: library.ObservabilityLevel.ADVANCED,
    agents: {},
    alarmActivation: library.AlarmActivation.after(Duration.days(1)),
  });
  new library.TransactionSearch(stack, 'TransactionSearch', { encryptionKey: new kms.Key(stack, 'SpansKey') });
  new library.UnrecordedUsage(stack, 'UnrecordedUsage', { batchOutputBuckets: [s3.Bucket.fromBucketName(stack, 'Batches', 'BATCHES')] });
  new library.CostMeter(stack, 'StreamMeter', { source: library.RecordSource.stream(new kinesis.Stream(stack, 'Records')) });
  new library.BillReconciliation(stack, 'BillReconciliation', { costMeter });
  return stack;
}

function statementsOf(resources: Record<string, Resource>, roleId: string): Statement[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    if (id === roleId) {
      return (Properties.Policies ?? []).flatMap((policy) => policy.PolicyDocument.Statement);
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
