import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ContentCapture } from '../../content-capture';
import { DataProtection } from '../../data-protection';
import { DeliveryBucket } from '../../delivery-bucket';
import { ExistingConfiguration } from '../../existing-configuration';
import type { InvocationLogging, InvocationLoggingProps } from '../../invocation-logging';
import {
  isSameEnvironment,
  requireFindingsHere,
  requireReadable,
  requireSameAccount,
  requireSameEnvironment,
  requireSameRegion,
  rootOf,
} from '../handed-in';
import { requireMember } from '../validation';
import { addWarning } from '../warning';
import { identifiersOfCallers } from './masked-callers';
import { requireUsable } from '../usable';

const BEDROCK = 'bedrock.amazonaws.com';

/** Marks an InvocationLogging, also one of another copy of this library, for which `instanceof` would not hold. */
const INVOCATION_LOGGING: unique symbol = Symbol.for('cdk-bedrock-observability.InvocationLogging');

/** Throws for props that contradict each other or the stack. Warns where something may be missing that cannot be seen at synth. */
export function checkInvocationLogging(scope: Construct, props: InvocationLoggingProps): void {
  requireMember('onExisting', props.onExisting ?? ExistingConfiguration.FAIL, ExistingConfiguration);
  checkOnlyOne(scope, props.onExisting);
  if (props.onExisting === ExistingConfiguration.ADOPT) {
    checkAdoption(props);
    return;
  }
  checkRetention(props.retention);
  requireSameAccount(scope, 'deliveryRole', props.deliveryRole);
  checkTrust(scope, props.deliveryRole);
  requireSameRegion(scope, 'encryptionKey', props.encryptionKey);
  checkLogGroup(scope, props);
  requireUsable(props);
  requireFindingsHere(scope, props.dataProtection);
  checkMasks(scope, props.dataProtection);
  checkBuckets(scope, props);
}

/** Whether records hold more than metadata. */
export function logsContent(content: ContentCapture): boolean {
  return content.text || content.image || content.embedding || content.video || content.audio;
}

/**
 * The InvocationLogging of the same stack, if there is one already; nested stacks count to their parent. The setting and its log
 * group are then known, and nothing needs to be adopted.
 */
export function loggingOfStack(scope: Construct): InvocationLogging | undefined {
  return othersOf(scope).find((other) => rootOf(other) === rootOf(scope));
}

/** Two of them in one environment would overwrite each other's configuration. */
function checkOnlyOne(scope: Construct, onExisting: ExistingConfiguration | undefined): void {
  const adopts = onExisting === ExistingConfiguration.ADOPT;
  const other = othersOf(scope).find((each) => isSameEnvironment(each, scope));
  Object.defineProperty(scope, INVOCATION_LOGGING, { value: { adopts } });
  if (!other || adopts) {
    return;
  }
  if (!(other as unknown as Marked)[INVOCATION_LOGGING].adopts) {
    throw new Error(
      `an account and Region have one invocation logging configuration, and '${other.node.path}' makes it already: ` +
        `use its 'logGroup', or set 'onExisting' of this one to ExistingConfiguration.ADOPT`,
    );
  }
  if (rootOf(other) === rootOf(scope)) {
    throw new Error(`'${other.node.path}' adopts the configuration that this one makes: construct this one first, so that it is there`);
  }
}

interface Marked {
  readonly [INVOCATION_LOGGING]: { readonly adopts: boolean };
}

function othersOf(scope: Construct): InvocationLogging[] {
  return scope.node.root.node.findAll().filter((each) => each !== scope && INVOCATION_LOGGING in each) as InvocationLogging[];
}

function checkRetention(retention: logs.RetentionDays | undefined): void {
  if (retention !== undefined && !Token.isUnresolved(retention) && logs.RetentionDays[retention] === undefined) {
    throw new Error(`'retention' must be one of RetentionDays, got ${retention}`);
  }
}

function checkMasks(scope: Construct, dataProtection: DataProtection | undefined): void {
  const names = identifiersOfCallers(dataProtection?.identifiers ?? []);
  if (names.length > 0) {
    addWarning(
      scope,
      'InvocationLogging.maskedCallers',
      `${names.join(', ')} can mask the caller and the request metadata of a call, so that cost is allocated to a masked name`,
    );
  }
}

/** What is about the function, which an adopted configuration has, too. */
const OF_FUNCTION: ReadonlySet<string> = new Set(['functions', 'inlineCode']);

function checkAdoption({ onExisting, ...rest }: InvocationLoggingProps): void {
  const [prop] = Object.entries(rest).find(([name, value]) => value !== undefined && !OF_FUNCTION.has(name)) ?? [];
  if (prop !== undefined) {
    throw new Error(
      `'${prop}' cannot be set with 'onExisting' '${onExisting}', which does not change the existing configuration: ` +
        `leave '${prop}' out, or use ExistingConfiguration.REPLACE`,
    );
  }
}

/** A trust policy may grow until the app is complete. Of an imported role it is not known. */
function checkTrust(scope: Construct, role: iam.IRole | undefined): void {
  if (!(role instanceof iam.Role)) {
    return;
  }
  const isTrusting = () => JSON.stringify(Stack.of(role).resolve(role.assumeRolePolicy)).includes(BEDROCK);
  const fault =
    `'deliveryRole' must let ${BEDROCK} assume it, got '${role.node.path}', whose trust policy does not: ` +
    `add new iam.ServicePrincipal('${BEDROCK}') to 'assumedBy' of that role`;
  scope.node.addValidation({ validate: () => (isTrusting() ? [] : [fault]) });
}

function checkLogGroup(scope: Construct, props: InvocationLoggingProps): void {
  const { logGroup, dataProtection, encryptionKey, content = ContentCapture.TEXT } = props;
  if (!logGroup) {
    return;
  }
  requireSameEnvironment(scope, 'logGroup', logGroup);
  requireReadable('logGroup', logGroup);
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
      requireSameEnvironment(scope, prop, target.bucket);
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

function isNew(target: DeliveryBucket | undefined): boolean {
  return target !== undefined && target.bucket === undefined;
}

/** Whether a log group of this app has a data protection policy. It is not known for an imported one. */
function masks(logGroup: logs.ILogGroup): boolean {
  const resource = logGroup.node.defaultChild;
  return CfnResource.isCfnResource(resource) && (resource as logs.CfnLogGroup).dataProtectionPolicy !== undefined;
}
