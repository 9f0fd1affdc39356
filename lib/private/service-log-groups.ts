import { ArnFormat, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { DataProtection } from '../data-protection';
import { FunctionOptions } from '../function-options';
import { RetentionClass } from '../retention-class';
import { policyDocument } from './logging/policy-document';
import { newHandler } from './new-handler';

const TIMEOUT = Duration.minutes(5);

interface ServiceLogGroupsProps {
  readonly retention: logs.RetentionDays;
  readonly encryptionKey?: kms.IKeyRef;
  readonly dataProtection: DataProtection;
  readonly functions?: FunctionOptions;
}

/** A log group, with the construct because of which it is made: its address makes ids that do not change with the order. */
export interface ServiceLogGroup {
  readonly of: IConstruct;
  readonly name: string;
}

/**
 * Log groups that a service makes by itself: CloudFormation could make them only before the service does, and never adopt them.
 * They are made where they are missing, and get retention, key and masking where they have none.
 *
 * @returns the log groups, each with a dependency on its set-up
 */
export function setUpLogGroups(scope: Construct, logGroups: readonly ServiceLogGroup[], props: ServiceLogGroupsProps): logs.ILogGroup[] {
  if (logGroups.length === 0) return [];
  const { retention, encryptionKey, dataProtection } = props;
  const names = logGroups.map(({ name }) => name);
  const serviceToken = newHandlerFor(scope, names, props).functionArn;
  const properties = {
    RetentionInDays: retention === logs.RetentionDays.INFINITE ? undefined : retention,
    EncryptionKeyArn: encryptionKey?.keyRef.keyArn,
    DataProtectionPolicy: maskingOf(scope, dataProtection),
  };
  return logGroups.map(({ of, name }) => {
    const { addr } = of.node;
    const resource = new CustomResource(scope, `ServiceLogGroup${addr}`, {
      resourceType: 'Custom::ServiceLogGroup',
      serviceToken,
      serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
      properties: { LogGroupName: name, ...properties },
    });
    return logs.LogGroup.fromLogGroupName(scope, `ServiceLogs${addr}`, resource.getAttString('LogGroupName'));
  });
}

/** Findings are only counted there: to send them elsewhere the function would have to change policies of their destinations. */
function maskingOf(scope: Construct, { identifiers }: DataProtection): string | undefined {
  if (identifiers.length === 0) return undefined;
  return policyDocument(scope, DataProtection.of({ identifiers }), {
    Name: 'agentcore',
    Description: 'Masks sensitive data in logs of AgentCore',
  });
}

function newHandlerFor(scope: Construct, names: readonly string[], { encryptionKey, functions }: ServiceLogGroupsProps): lambda.Function {
  const stack = Stack.of(scope);
  const resources = names.map((name) =>
    stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: `${name}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
  );
  return newHandler(scope, 'LogGroupHandler', {
    prefix: 'LogGroupHandler',
    handler: 'configure-log-group',
    description: 'Sets up log groups that AgentCore makes by itself',
    memorySize: 256,
    timeout: TIMEOUT,
    logRetention: RetentionClass.OPERATIONAL,
    permissions: {
      LogGroups: [
        new iam.PolicyStatement({
          actions: [
            'logs:GetDataProtectionPolicy',
            'logs:PutDataProtectionPolicy',
            'logs:DeleteDataProtectionPolicy',
            'logs:CreateLogGroup',
            'logs:PutRetentionPolicy',
            'logs:DeleteRetentionPolicy',
            'logs:AssociateKmsKey',
            'logs:DisassociateKmsKey',
          ],
          resources,
        }),
        new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }),
      ],
      ...(encryptionKey && {
        Key: [new iam.PolicyStatement({ actions: ['kms:DescribeKey'], resources: [encryptionKey.keyRef.keyArn] })],
      }),
    },
    environment: {},
    // A request that Lambda repeats later may set what CloudFormation has changed meanwhile. The handler retries by itself.
    retryAttempts: 0,
    maxEventAge: TIMEOUT,
    functions,
  });
}
