import { CfnResource, IResource, Stack, Token, Validations } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ContentCapture } from '../content-capture';
import { DataProtection } from '../data-protection';
import { DeliveryBucket } from '../delivery-bucket';
import { ExistingConfiguration } from '../existing-configuration';
import type { InvocationLoggingProps } from '../invocation-logging';

const PACKAGE = 'cdk-bedrock-observability';

/** Throws on what contradicts itself, warns of what is better known before it is deployed. */
export function checkInvocationLogging(scope: Construct, props: InvocationLoggingProps): void {
  if (props.onExisting === ExistingConfiguration.ADOPT) {
    checkAdoption(props);
    return;
  }
  checkLogGroup(scope, props);
  checkBuckets(scope, props);
}

/** Whether there is anything in the records that a person wrote. */
export function logsContent(content: ContentCapture): boolean {
  return content.text || content.image || content.embedding || content.video || content.audio;
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
    if (target?.bucket && target.expiration) {
      throw new Error(`'expiration' of '${prop}' is for a bucket made here: set a life cycle on the given bucket`);
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
