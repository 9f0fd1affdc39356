import { Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DataProtection } from '../../data-protection';
import { literalText } from '../literal-text';

interface ProtectedLogGroupProps extends logs.LogGroupProps {
  readonly dataProtection: DataProtection;
}

/** A log group whose sensitive data is masked. */
export function newProtectedLogGroup(scope: Construct, id: string, { dataProtection, ...props }: ProtectedLogGroupProps): logs.LogGroup {
  const logGroup = new logs.LogGroup(scope, id, { ...props, dataProtectionPolicy: dataProtection.policy });
  const resource = logGroup.node.defaultChild as logs.CfnLogGroup;
  resource.dataProtectionPolicy = withShortArns(resource.dataProtectionPolicy);
  return logGroup;
}

/**
 * The policy with the ARN of each identifier as one text. The CDK joins each from three pieces, which were a quarter of all members of
 * the template of the four lines.
 */
function withShortArns(policy: unknown): unknown {
  if (typeof policy === 'string') {
    return policy.includes(':data-identifier/') && Token.isUnresolved(policy) ? literalText(policy) : policy;
  }
  if (Array.isArray(policy)) {
    return policy.map(withShortArns);
  }
  return typeof policy === 'object' && policy !== null
    ? Object.fromEntries(Object.entries(policy).map(([key, value]) => [key, withShortArns(value)]))
    : policy;
}
