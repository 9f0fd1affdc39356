import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import { isEncryptedLogGroup, newRoleWith } from '../role-with-permissions';
import { addWarning } from '../warning';
import { bedrockPrincipal } from './bedrock-principal';

/** A role with which Bedrock writes its records to a log group. */
export function newDeliveryRole(scope: Construct, id: string, logGroup: logs.ILogGroup): iam.Role {
  return newRoleWith(scope, id, bedrockPrincipal(scope), [
    { name: 'Delivery', statements: [deliveryStatement(scope, logGroup)], isEncrypted: isEncryptedLogGroup(logGroup) },
  ]);
}

/**
 * Lets Bedrock write there with a given role. The policy is part of the stack of the scope, so that a role of another stack does not
 * refer to this one. Undefined if the role takes no policies.
 */
export function allowDelivery(scope: Construct, role: iam.IRole, logGroup: logs.ILogGroup): IDependable | undefined {
  const policy = new iam.Policy(scope, 'DeliveryPolicy', { statements: [deliveryStatement(scope, logGroup)] });
  role.attachInlinePolicy(policy);
  if (Stack.of(scope).resolve((policy.node.defaultChild as iam.CfnPolicy).roles) === undefined) {
    addWarning(
      scope,
      'InvocationLogging.deliveryRoleNotChanged',
      `the policies of the given 'deliveryRole' are not changed: they must allow logs:CreateLogStream and logs:PutLogEvents on the stream aws/bedrock/modelinvocations of the log group`,
    );
    return undefined;
  }
  return policy;
}

function deliveryStatement(scope: Construct, { logGroupName }: logs.ILogGroup): iam.PolicyStatement {
  const stream = Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${logGroupName}:log-stream:aws/bedrock/modelinvocations`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [stream] });
}
