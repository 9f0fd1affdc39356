import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { addWarning } from './warning';

/** Services that publish to topics for this account: CloudWatch alarms, EventBridge and AWS Budgets. */
const PUBLISHERS = ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'budgets.amazonaws.com'];

/**
 * Lets the services publish to a topic. All of them, because a topic with a policy has no longer the one that SNS gives it, which
 * lets alarms of the account publish.
 */
export function allowPublishers(scope: Construct, topic: sns.ITopic): void {
  const { statementAdded } = topic.addToResourcePolicy(
    new iam.PolicyStatement({ principals: principals(), actions: ['sns:Publish'], resources: [topic.topicArn], conditions: here(scope) }),
  );
  if (!statementAdded) {
    addWarning(
      scope,
      'Topic.imported',
      `the policy of an imported topic is not changed: it must let ${PUBLISHERS.join(', ')} do sns:Publish`,
    );
  }
}

/** Lets the services encrypt what they publish. */
export function allowPublishersToEncrypt(scope: Construct, key: kms.IKey): void {
  const { statementAdded } = key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: principals(),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: here(scope),
    }),
  );
  if (!statementAdded) {
    addWarning(
      scope,
      'Topic.importedKey',
      `the policy of the imported key of a topic is not changed: it must let ${PUBLISHERS.join(', ')} do kms:Decrypt and kms:GenerateDataKey*`,
    );
  }
}

/** Lets somebody publish to a topic, and use its key for that. */
export function grantPublish(topic: sns.ITopic, grantee: iam.IGrantable): iam.Grant {
  const grant = topic.grantPublish(grantee);
  const encrypt = topic.masterKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey*');
  return encrypt ? grant.combine(encrypt) : grant;
}

const principals = () => PUBLISHERS.map((service) => new iam.ServicePrincipal(service));

const here = (scope: Construct) => ({ StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } });
