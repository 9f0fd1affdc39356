import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnLogGroup, ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IPriceCatalogue } from '../price-catalogue-interface';
import { catalogueReads } from './catalogue-object';

/** What is known of a function before it is made. */
export interface HandlerRoleProps {
  readonly logGroup: ILogGroup;

  /** Where Lambda puts the events on which the function failed, and from where the function reads them again. */
  readonly deadLetterQueue?: IQueue;
  readonly isTraced?: boolean;
  readonly prices?: IPriceCatalogue;

  /** What else it may do, by the name of the policy. */
  readonly permissions?: Record<string, iam.PolicyStatement[]>;
}

/** Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS", with what `grantConsumeMessages` of the CDK adds. */
const CONSUME = ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueUrl', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/**
 * The role of a function. Its policies are a part of it: they are there before the function, and longer than it and what else refers
 * to the role, and no deployment waits for a policy apart. Only what names something that a key encrypts is apart, because the
 * policy of that key may name the role, which would then have to be there before itself.
 */
export function newHandlerRole(scope: Construct, id: string, { permissions, ...props }: HandlerRoleProps): iam.Role {
  const within = { ...permissions };
  const apart: iam.PolicyStatement[] = [];
  for (const { name, statements, isEncrypted } of permissionsOf(props)) {
    if (isEncrypted) {
      apart.push(...statements);
    } else {
      within[name] = statements;
    }
  }
  const policies = Object.entries(within).map(([name, statements]): [string, iam.PolicyDocument] => [
    name,
    new iam.PolicyDocument({ statements }),
  ]);
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: Object.fromEntries(policies),
  });
  apart.forEach((statement) => role.addToPrincipalPolicy(statement));
  return role;
}

interface Permission {
  readonly name: string;
  readonly statements: iam.PolicyStatement[];
  /** Whether a key of the user encrypts what the statements name. */
  readonly isEncrypted?: boolean;
}

function permissionsOf({ logGroup, deadLetterQueue, isTraced, prices }: HandlerRoleProps): Permission[] {
  const permissions: Permission[] = [
    {
      name: 'Logs',
      statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)],
      isEncrypted: (logGroup.node.defaultChild as CfnLogGroup | undefined)?.kmsKeyId !== undefined,
    },
  ];
  if (deadLetterQueue) {
    const { queueArn, encryptionMasterKey } = deadLetterQueue;
    const statements = [allow(['sqs:SendMessage'], queueArn), allow(CONSUME, queueArn)];
    permissions.push({ name: 'DeadLetters', statements, isEncrypted: encryptionMasterKey !== undefined });
  }
  if (isTraced) {
    // Neither action supports permissions for single resources.
    permissions.push({ name: 'Traces', statements: [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')] });
  }
  if (prices) {
    const statements = catalogueReads(prices.bucket).map(({ actions, resourceArn }) => allow(actions, resourceArn));
    permissions.push({ name: 'Prices', statements, isEncrypted: prices.bucket.encryptionKey !== undefined });
  }
  return permissions;
}

function allow(actions: string[], resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}
