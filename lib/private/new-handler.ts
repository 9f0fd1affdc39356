import { AspectPriority, Aspects, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FunctionOptions } from '../function-options';
import { catalogueEnvironment } from './catalogue-object';
import { checkFunction } from './function-checks';
import { environmentFault } from './function-environment';
import { requireSameRegion } from './handed-in';
import { handlerCode } from './handler-code';
import { HandlerRoleProps, newHandlerRole } from './handler-role';
import { allowLogGroups } from './log-group-key';

interface HandlerProps
  extends
    Pick<lambda.FunctionOptions, 'retryAttempts' | 'maxEventAge'>,
    Pick<HandlerRoleProps, 'deadLetterQueue' | 'isTraced' | 'prices' | 'permissions'> {
  /** The folder of the handler in `lambda/`. */
  readonly handler: string;
  /** Whether the template holds the code. */
  readonly isInline?: boolean;
  readonly description: string;
  readonly timeout: Duration;
  /** In MB. */
  readonly memorySize: number;
  readonly environment: Record<string, string>;

  /** What comes before `Logs` and `Role` in the ids of these. */
  readonly prefix?: string;

  /** Where the function logs. By default a new log group that is deleted with the stack. */
  readonly logGroup?: logs.ILogGroup;
  readonly logRetention?: logs.RetentionDays;
  readonly functions?: FunctionOptions;
}

/** A function of this library, with its role and its log group. All are made here, so that they are alike. */
export function newHandler(scope: Construct, id: string, props: HandlerProps): lambda.Function {
  const { handler, isInline, prefix = '', logGroup: givenLogGroup, logRetention, functions = {}, ...others } = props;
  const { permissions, deadLetterQueue, isTraced, prices, ...options } = others;
  const { vpc, vpcSubnets, securityGroups, reservedConcurrentExecutions } = functions;
  checkFunction(scope, functions, isInline);
  const logGroup = givenLogGroup ?? newLogGroup(scope, `${prefix}Logs`, logRetention, functions);
  const role = newHandlerRole(scope, `${prefix}Role`, { logGroup, permissions, deadLetterQueue, isTraced, prices });
  const made = new lambda.Function(scope, id, {
    ...handlerCode(handler, isInline),
    ...options,
    environment: { ...options.environment, ...catalogueEnvironment(prices) },
    ...{ vpc, vpcSubnets, securityGroups, reservedConcurrentExecutions },
    role,
    logGroup,
  });
  // Of the resource, because the function would add to its role what it needs for these, which is in it.
  const resource = made.node.defaultChild as lambda.CfnFunction;
  resource.deadLetterConfig = deadLetterQueue && { targetArn: deadLetterQueue.queueArn };
  resource.tracingConfig = isTraced ? { mode: lambda.Tracing.ACTIVE } : undefined;
  prices?.bucket.encryptionKey?.grantDecrypt(role);
  allowVpc(made);
  made.node.addValidation({ validate: () => environmentFault(made) });
  return made;
}

function newLogGroup(scope: Construct, id: string, retention = logs.RetentionDays.ONE_MONTH, { logEncryptionKey }: FunctionOptions) {
  requireSameRegion(scope, 'functions.logEncryptionKey', logEncryptionKey);
  if (logEncryptionKey) {
    allowLogGroups(scope, logEncryptionKey, 'logs of functions');
  }
  return new logs.LogGroup(scope, id, { retention, encryptionKey: logEncryptionKey, removalPolicy: RemovalPolicy.DESTROY });
}

/** A role that is given to a function gets no permission for its network by the CDK. The VPC may also be set by an Aspect. */
function allowVpc({ role, node }: lambda.Function): void {
  const resource = node.defaultChild as lambda.CfnFunction;
  const visit = () => {
    if (Stack.of(resource).resolve(resource.vpcConfig) !== undefined) {
      role!.addToPrincipalPolicy(NETWORK_INTERFACES);
    }
  };
  Aspects.of(resource).add({ visit }, { priority: AspectPriority.READONLY });
}

/** Source: AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC". */
const NETWORK_INTERFACES = new iam.PolicyStatement({
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  // The actions that describe do not support permissions for single resources, and interfaces are made by Lambda.
  resources: ['*'],
});
