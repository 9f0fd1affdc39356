import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DataProtection } from '../../data-protection';
import { compactJson } from '../json-text';

/** What a policy is called by who looks at it. */
interface Naming {
  readonly Name: string;
  readonly Description: string;
}

/**
 * The document of a policy that is not part of a log group of the stack, for which aws-cdk-lib has no class. CloudWatch Logs wants
 * one list of data in both statements.
 */
export function policyDocument(scope: Construct, { identifiers, _findings }: DataProtection, naming: Naming): string {
  const stack = Stack.of(scope);
  const custom = identifiers.filter(
    (identifier): identifier is logs.CustomDataIdentifier => identifier instanceof logs.CustomDataIdentifier,
  );
  const DataIdentifier = identifiers.map((identifier) =>
    identifier instanceof logs.CustomDataIdentifier
      ? identifier.name
      : stack.formatArn({
          service: 'dataprotection',
          region: '',
          account: 'aws',
          resource: 'data-identifier',
          resourceName: identifier.name,
        }),
  );
  const { findingsLogGroup, findingsBucket, findingsDeliveryStream } = _findings;
  const FindingsDestination = {
    CloudWatchLogs: findingsLogGroup && { LogGroup: findingsLogGroup.logGroupName },
    S3: findingsBucket && { Bucket: findingsBucket.bucketName },
    Firehose: findingsDeliveryStream && { DeliveryStream: findingsDeliveryStream.deliveryStreamName },
  };
  const policy = {
    ...naming,
    Version: '2021-06-01',
    Configuration:
      custom.length > 0 ? { CustomDataIdentifier: custom.map(({ name, regex }) => ({ Name: name, Regex: regex })) } : undefined,
    Statement: [
      { Sid: 'audit', DataIdentifier, Operation: { Audit: { FindingsDestination } } },
      { Sid: 'mask', DataIdentifier, Operation: { Deidentify: { MaskConfig: {} } } },
    ],
  };
  return compactJson(stack.toJsonString(policy));
}
