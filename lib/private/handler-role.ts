import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IPriceCatalogue } from '../price-catalogue-interface';
import { catalogueReads } from './catalogue-object';
import { isEncryptedLogGroup, newRoleWith, Permission } from './role-with-permissions';

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

/** The role of a function, with what it may do as far as that is known before it is made. */
export function newHandlerRole(scope: Construct, id: string, { permissions = {}, ...props }: HandlerRoleProps): iam.Role {
  const others = Object.entries(permissions).map(([name, statements]) => ({ name, statements }));
  return newRoleWith(scope, id, new iam.ServicePrincipal('lambda.amazonaws.com'), [...others, ...permissionsOf(props)]);
}

function permissionsOf({ logGroup, deadLetterQueue, isTraced, prices }: HandlerRoleProps): Permission[] {
  const permissions: Permission[] = [
    {
      name: 'Logs',
      statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)],
      isEncrypted: isEncryptedLogGroup(logGroup),
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
