import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { addWarning } from './warning';

/**
 * Lets CloudWatch Logs encrypt log groups of this account and Region with a key. Warns where the policy of the key cannot be
 * changed, because the key is imported.
 *
 * The condition does not name the log group: its name is generated, and the key policy would depend on the log group, which
 * depends on the key.
 */
export function allowLogGroups(scope: Construct, key: kms.IKeyRef, purpose: string): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const result = iam.ResourceWithPolicies.of(key)?.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AllowCloudWatchLogs',
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
  );
  if (!result?.statementAdded) {
    addWarning(
      scope,
      'LogGroup.importedKey',
      `the policy of the imported key for the ${purpose} is not changed: it must let CloudWatch Logs of this Region, logs.REGION.amazonaws.com, use the key`,
    );
  }
}
