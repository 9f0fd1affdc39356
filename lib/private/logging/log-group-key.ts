import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/**
 * Lets CloudWatch Logs encrypt log groups of this account and Region with a key; warns where the key's policy is out of reach.
 *
 * The log group is not named in the condition: its name is generated, and a key that waits for the group that waits for the
 * key cannot be deployed.
 */
export function allowLogGroups(scope: Construct, key: kms.IKey, purpose: string): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const { statementAdded } = key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AllowCloudWatchLogs',
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
  );
  if (!statementAdded) {
    Validations.of(scope).addWarning(
      'cdk-bedrock-observability:LogGroup.importedKey',
      `the policy of the imported key for the ${purpose} is not changed: it must let logs.${stack.region}.${stack.urlSuffix} use the key`,
    );
  }
}
