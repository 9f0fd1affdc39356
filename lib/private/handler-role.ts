import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IPriceCatalogue } from '../price-catalogue-interface';
import { catalogueReads } from './catalogue-object';

/** What a function does that is known when it is made. */
export interface HandlerRoleProps {
  readonly logGroup: ILogGroup;

  /** Where Lambda puts the events that the function failed on, from where the function reads them again. */
  readonly deadLetterQueue?: IQueue;
  readonly isTraced?: boolean;
  readonly prices?: IPriceCatalogue;

  /** What else it may do, by the name of the policy. */
  readonly permissions?: Record<string, iam.PolicyStatement[]>;
}

/** Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS", and of sending "Dead-letter queues". */
const DEAD_LETTERS = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueUrl',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
];

/**
 * The role of a function, whose policies are a part of it: they are there before the function, and longer than it and what else
 * refers to the role. A grant is a resource of its own, for which each first deployment waits, and which may be deleted too early.
 */
export function newHandlerRole(scope: Construct, id: string, props: HandlerRoleProps): iam.Role {
  const { logGroup, deadLetterQueue, isTraced, prices, permissions } = props;
  const statements = {
    ...permissions,
    Logs: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)],
    ...(deadLetterQueue && { DeadLetters: [allow(DEAD_LETTERS, deadLetterQueue.queueArn)] }),
    // Neither action supports permissions for single resources.
    ...(isTraced && { Traces: [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')] }),
    ...(prices && { Prices: catalogueReads(prices.bucket).map(({ actions, resourceArn }) => allow(actions, resourceArn)) }),
  };
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: Object.fromEntries(
      Object.entries(statements).map(([name, each]) => [name, new iam.PolicyDocument({ statements: each })]),
    ),
  });
}

function allow(actions: string[], resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}
