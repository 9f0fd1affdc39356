import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import type { DataProtection } from '../data-protection';

/**
 * Throws for a resource of another account or Region than the stack, as far as both are known. CloudFormation would look for a
 * resource of that name here.
 */
export function requireSameEnvironment(scope: IConstruct, prop: string, resource: IEnvironmentAware | undefined): void {
  requireSame(scope, prop, resource, ['account', 'region']);
}

/** The same for an ARN: imported resources may have the environment of their stack, whatever their ARN is. Its parts may be tokens. */
export function requireArnHere(scope: IConstruct, prop: string, arn: string): void {
  const [, , , region, account] = arn.split(':');
  requirePart(scope, prop, 'region', region);
  requirePart(scope, prop, 'account', account);
}

/** The same for resources that other accounts may share, such as keys. */
export function requireSameRegion(scope: IConstruct, prop: string, resource: IEnvironmentAware | undefined): void {
  requireSame(scope, prop, resource, ['region']);
}

/** The same for resources that have no Region, such as roles. */
export function requireSameAccount(scope: IConstruct, prop: string, resource: IEnvironmentAware | undefined): void {
  requireSame(scope, prop, resource, ['account']);
}

/** The destinations of findings: the policy names them by their names only. */
export function requireFindingsHere(scope: IConstruct, dataProtection: DataProtection | undefined): void {
  const { findingsLogGroup, findingsBucket, findingsDeliveryStream } = dataProtection?._findings ?? {};
  Object.entries({ findingsLogGroup, findingsBucket, findingsDeliveryStream }).forEach(([prop, resource]) =>
    requireSameEnvironment(scope, prop, resource),
  );
  if (findingsDeliveryStream) requireArnHere(scope, 'findingsDeliveryStream', findingsDeliveryStream.deliveryStreamArn);
}

/** Throws for a FIFO topic: what is published has no message group. */
export function requireStandardTopic(prop: string, { fifo, node }: sns.ITopic): void {
  if (fifo) {
    throw new Error(
      `'${prop}' must be a standard topic, which takes messages without a group, got the FIFO topic '${node.path}': use a standard one`,
    );
  }
}

const STANDARD: string = logs.LogGroupClass.STANDARD;
/** The lowest supported aws-cdk-lib has no name for it. */
const DELIVERY = 'DELIVERY';

/** Throws for a log group from which nobody can subscribe. Source: Amazon CloudWatch Logs User Guide, "Log classes". */
export function requireSubscribable(prop: string, logGroup: logs.ILogGroupRef): void {
  const logGroupClass = classOf(logGroup);
  if (logGroupClass !== undefined && logGroupClass !== STANDARD && !Token.isUnresolved(logGroupClass)) {
    throw new Error(
      `'${prop}' must be of the class STANDARD, from which the cost meter can subscribe, got '${logGroup.node.path}' of the class ${logGroupClass}: ` +
        `use a log group of the class STANDARD`,
    );
  }
}

/** Throws for a log group that keeps events for a day and hands them on, whatever its retention. Source: as above. */
export function requireReadable(prop: string, logGroup: IConstruct): void {
  if (classOf(logGroup) === DELIVERY) {
    throw new Error(
      `'${prop}' must be of a class that keeps its events, got '${logGroup.node.path}' of the class ${DELIVERY}: ` +
        `use a log group of the class STANDARD`,
    );
  }
}

/** Undefined for an imported log group, whose class is not known. */
function classOf(logGroup: IConstruct): string | undefined {
  const resource = CfnResource.isCfnResource(logGroup) ? logGroup : logGroup.node.defaultChild;
  return CfnResource.isCfnResource(resource) ? (resource as logs.CfnLogGroup).logGroupClass : undefined;
}

/** Whether two constructs are deployed to one account and Region for sure. */
export function isSameEnvironment(one: IConstruct, other: IConstruct): boolean {
  const [a, b] = [Stack.of(one), Stack.of(other)];
  const isKnown = ![a.account, a.region, b.account, b.region].some((part) => Token.isUnresolved(part));
  return rootOf(one) === rootOf(other) || (isKnown && a.account === b.account && a.region === b.region);
}

/** The stack of a construct, or the outermost parent of a nested stack. */
export function rootOf(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? rootOf(stack.nestedStackParent) : stack;
}

function requireSame(
  scope: IConstruct,
  prop: string,
  resource: IEnvironmentAware | undefined,
  parts: readonly ('account' | 'region')[],
): void {
  parts.forEach((part) => requirePart(scope, prop, part, resource?.env[part]));
}

function requirePart(scope: IConstruct, prop: string, part: 'account' | 'region', actual: string | undefined): void {
  const expected = Stack.of(scope)[part];
  if (actual && !Token.isUnresolved(actual) && !Token.isUnresolved(expected) && actual !== expected) {
    throw new Error(
      `'${prop}' must be in the ${part} of the stack, which is ${expected}, got ${actual}: ` +
        `use one that is there, or construct '${scope.node.path}' in a stack of that ${part}`,
    );
  }
}
