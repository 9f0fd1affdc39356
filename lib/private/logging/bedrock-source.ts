import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * Bedrock, on behalf of this account and Region only.
 */
export function bedrockPrincipal(scope: Construct): iam.IPrincipal {
  return new iam.ServicePrincipal('bedrock.amazonaws.com', { conditions: bedrockConditions(scope) });
}

/**
 * The conditions that keep Bedrock from acting here on behalf of another account.
 */
export function bedrockConditions(scope: Construct): Record<string, Record<string, string>> {
  const stack = Stack.of(scope);
  return {
    StringEquals: { 'aws:SourceAccount': stack.account },
    ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'bedrock', resource: '*' }) },
  };
}
