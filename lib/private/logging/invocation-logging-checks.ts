import { CfnResource, IResource, Stack, Token, Validations } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ContentCapture } from '../../content-capture';
import { DataProtection } from '../../data-protection';
import { DeliveryBucket } from '../../delivery-bucket';
import { ExistingConfiguration } from '../../existing-configuration';
import type { InvocationLoggingProps } from '../../invocation-logging';

const PACKAGE = 'cdk-bedrock-observability';

/** Throws on what contradicts itself, warns of what is better known before it is deployed. */
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

/** Whether there is anything in the records that a person wrote. */
export function logsContent(content: ContentCapture): boolean {
  return content.text || content.image || content.embedding || content.video || content.audio;
}

// Deployed side by side, each of two would find nothing there, and the slower one would win without a word.
function checkOnlyOne(scope: Construct): void {
  const stack = Stack.of(scope);
  const other = stack.node.findAll().find((construct) => construct !== scope && construct.constructor === scope.constructor);
  if (other) {
    throw new Error(
      `an account and Region have one invocation logging configuration, and '${other.node.path}' makes it already: ` +
        `use its 'logGroup' instead of a second ${scope.constructor.name}`,
    );
  }
}

function checkRetention(retention: logs.RetentionDays | undefined): void {
  if (retention !== undefined && !Token.isUnresolved(retention) && logs.RetentionDays[retention] === undefined) {
    throw new Error(`'retention' must be one of RetentionDays, got ${retention}`);
  }
}

// These are found without a keyword, also in the ARN of the caller and in the values of request metadata.
const MASKS_CALLERS = /^(Address|EmailAddress|IpAddress|Name|PhoneNumber-[A-Z]{2})$/;

function checkMasks(scope: Construct, dataProtection: DataProtection | undefined): void {
  const names = dataProtection?.identifiers.map(({ name }) => name).filter((name) => MASKS_CALLERS.test(name));
  if (names?.length) {
    Validations.of(scope).addWarning(
      `${PACKAGE}:InvocationLogging.maskedCallers`,
      `${names.join(', ')} can mask the caller and the request metadata of a call, so that cost is filed under a masked name`,
    );
  }
}

function checkAdoption({ onExisting, ...rest }: InvocationLoggingProps): void {
  const [useless] = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (useless) {
    throw new Error(
      `'${useless[0]}' cannot be set with 'onExisting' '${onExisting}', which changes nothing about the configuration that is there: ` +
        `leave '${useless[0]}' out, or use ExistingConfiguration.REPLACE`,
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
      `'retention' ${props.retention} is for the log group made here, not for the given 'logGroup': set it on that log group`,
    );
  }
  if (dataProtection?.policy) {
    throw new Error(
      "'dataProtection' is for the log group made here, not for the given 'logGroup': " +
        "set that log group's 'dataProtectionPolicy' to the 'policy' of a DataProtection and leave 'dataProtection' out",
    );
  }
  const makesBucket = isMade(props.largeData) || isMade(props.archive);
  if (encryptionKey && !makesBucket) {
    throw new Error("'encryptionKey' has nothing to encrypt: the given 'logGroup' is not made here, set the key on that log group");
  }
  if (props.removalPolicy !== undefined && !makesBucket) {
    throw new Error(`'removalPolicy' '${props.removalPolicy}' has nothing to act on: set it on the given 'logGroup'`);
  }
  if (logsContent(content) && dataProtection !== DataProtection.NONE && !masks(logGroup)) {
    Validations.of(scope).addWarning(
      `${PACKAGE}:InvocationLogging.unmaskedLogGroup`,
      'content is logged to a log group whose data protection cannot be seen here: ' +
        "set its 'dataProtectionPolicy' to DataProtection.RECOMMENDED.policy, or set 'dataProtection' to DataProtection.NONE if that is settled",
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
    Validations.of(scope).addWarning(
      `${PACKAGE}:InvocationLogging.noPlaceForMedia`,
      "images, video and audio do not fit into log records: set 'largeData' to DeliveryBucket.create(), or they have nowhere to go",
    );
  }
}

// Bedrock delivers within one account and Region only.
function checkEnvironment(scope: Construct, prop: string, resource: IResource): void {
  const stack = Stack.of(scope);
  for (const part of ['account', 'region'] as const) {
    const [there, here] = [resource.env[part], stack[part]];
    if (!Token.isUnresolved(there) && !Token.isUnresolved(here) && there !== here) {
      throw new Error(`'${prop}' must be in the ${part} of the stack, which is ${here}, got ${there}`);
    }
  }
}

function isMade(target: DeliveryBucket | undefined): boolean {
  return target !== undefined && target.bucket === undefined;
}

function masks(logGroup: logs.ILogGroup): boolean {
  const resource = logGroup.node.defaultChild;
  return CfnResource.isCfnResource(resource) && (resource as logs.CfnLogGroup).dataProtectionPolicy !== undefined;
}
