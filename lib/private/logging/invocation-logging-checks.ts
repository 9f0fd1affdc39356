import { CfnResource, IResource, Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ContentCapture } from '../../content-capture';
import { DataProtection } from '../../data-protection';
import { DeliveryBucket } from '../../delivery-bucket';
import { ExistingConfiguration } from '../../existing-configuration';
import type { InvocationLoggingProps } from '../../invocation-logging';
import { addWarning } from '../warning';

/** Marks an InvocationLogging, also one of another copy of this library, for which `instanceof` would not hold. */
const INVOCATION_LOGGING = Symbol.for('cdk-bedrock-observability.InvocationLogging');

/** Throws for props that contradict each other or the stack. Warns where something may be missing that cannot be seen at synth. */
export function checkInvocationLogging(scope: Construct, props: InvocationLoggingProps): void {
  checkOnlyOne(scope);
  if (props.onExisting === ExistingConfiguration.ADOPT) {
    checkAdoption(props);
    return;
  }
  checkRetention(props.retention);
  checkLogGroup(scope, props);
  checkMasks(scope, props.dataProtection);
  checkBuckets(scope, props);
}

/** Whether records hold more than metadata. */
export function logsContent(content: ContentCapture): boolean {
  return content.text || content.image || content.embedding || content.video || content.audio;
}

/** Two of them in one stack would overwrite each other's configuration without an error. */
function checkOnlyOne(scope: Construct): void {
  const other = Stack.of(scope)
    .node.findAll()
    .find((construct) => INVOCATION_LOGGING in construct);
  if (other) {
    throw new Error(
      `an account and Region have one invocation logging configuration, and '${other.node.path}' makes it already: ` +
        `use its 'logGroup' instead of a second InvocationLogging`,
    );
  }
  Object.defineProperty(scope, INVOCATION_LOGGING, { value: true });
}

function checkRetention(retention: logs.RetentionDays | undefined): void {
  if (retention !== undefined && !Token.isUnresolved(retention) && logs.RetentionDays[retention] === undefined) {
    throw new Error(`'retention' must be one of RetentionDays, got ${retention}`);
  }
}

/** CloudWatch Logs finds these without a keyword nearby, also in the caller's ARN and in values of request metadata. */
const MASKS_CALLERS = /^(Address|EmailAddress|IpAddress|Name|PhoneNumber-[A-Z]{2})$/;

function checkMasks(scope: Construct, dataProtection: DataProtection | undefined): void {
  const names = dataProtection?.identifiers.map(({ name }) => name).filter((name) => MASKS_CALLERS.test(name));
  if (names?.length) {
    addWarning(
      scope,
      'InvocationLogging.maskedCallers',
      `${names.join(', ')} can mask the caller and the request metadata of a call, so that cost is allocated to a masked name`,
    );
  }
}

function checkAdoption({ onExisting, ...rest }: InvocationLoggingProps): void {
  const [prop] = Object.entries(rest).find(([, value]) => value !== undefined) ?? [];
  if (prop !== undefined) {
    throw new Error(
      `'${prop}' cannot be set with 'onExisting' '${onExisting}', which does not change the existing configuration: ` +
        `leave '${prop}' out, or use ExistingConfiguration.REPLACE`,
    );
  }
}

function checkLogGroup(scope: Construct, props: InvocationLoggingProps): void {
  const { logGroup, dataProtection, encryptionKey, content = ContentCapture.TEXT } = props;
  if (!logGroup) {
    return;
  }
  checkEnvironment(scope, 'logGroup', logGroup);
  if (props.retention !== undefined) {
    throw new Error(
      `'retention' applies to a new log group only, got ${props.retention} with 'logGroup': set the retention on that log group`,
    );
  }
  if (dataProtection?.policy) {
    throw new Error(
      "'dataProtection' applies to a new log group only, got a policy with 'logGroup': " +
        "set the 'dataProtectionPolicy' of that log group to the 'policy' of a DataProtection and leave 'dataProtection' out",
    );
  }
  const hasNewBucket = isNew(props.largeData) || isNew(props.archive);
  if (encryptionKey && !hasNewBucket) {
    throw new Error("'encryptionKey' applies to a new log group and new buckets, and there are none: set the key on the given 'logGroup'");
  }
  if (props.removalPolicy !== undefined && !hasNewBucket) {
    throw new Error(
      `'removalPolicy' applies to a new log group and new buckets, and there are none, got '${props.removalPolicy}': set it on the given 'logGroup'`,
    );
  }
  if (logsContent(content) && dataProtection !== DataProtection.NONE && !masks(logGroup)) {
    addWarning(
      scope,
      'InvocationLogging.unmaskedLogGroup',
      'content is logged to a log group whose data protection cannot be seen here: ' +
        "set its 'dataProtectionPolicy' to DataProtection.RECOMMENDED.policy, or set 'dataProtection' to DataProtection.NONE to say that this is intended",
    );
  }
}

function checkBuckets(scope: Construct, props: InvocationLoggingProps): void {
  const { largeData, archive, content } = props;
  for (const [prop, target] of Object.entries({ largeData, archive })) {
    if (target?.bucket) {
      checkEnvironment(scope, prop, target.bucket);
    }
  }
  if (!largeData && !archive && (content?.image || content?.video || content?.audio)) {
    addWarning(
      scope,
      'InvocationLogging.noPlaceForMedia',
      "images, video and audio do not fit into log records and are not kept: set 'largeData' to DeliveryBucket.create()",
    );
  }
}

/** Bedrock delivers within one account and Region only. */
function checkEnvironment(scope: Construct, prop: string, resource: IResource): void {
  const stack = Stack.of(scope);
  for (const part of ['account', 'region'] as const) {
    const [actual, expected] = [resource.env[part], stack[part]];
    if (!Token.isUnresolved(actual) && !Token.isUnresolved(expected) && actual !== expected) {
      throw new Error(`'${prop}' must be in the ${part} of the stack, which is ${expected}, got ${actual}`);
    }
  }
}

function isNew(target: DeliveryBucket | undefined): boolean {
  return target !== undefined && target.bucket === undefined;
}

/** Whether a log group of this app has a data protection policy. It is not known for an imported one. */
function masks(logGroup: logs.ILogGroup): boolean {
  const resource = logGroup.node.defaultChild;
  return CfnResource.isCfnResource(resource) && (resource as logs.CfnLogGroup).dataProtectionPolicy !== undefined;
}
