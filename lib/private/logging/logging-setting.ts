import { Aws, CustomResource, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ExistingConfiguration } from '../../existing-configuration';
import { RetentionClass } from '../../retention-class';
import { handlerCode } from '../handler-code';

export interface LoggingSettingProps {
  readonly onExisting: ExistingConfiguration;

  /** The configuration in the words of the Bedrock API; none when an existing one is adopted. */
  readonly loggingConfig?: Record<string, unknown>;

  /** The role handed to Bedrock. */
  readonly deliveryRole?: iam.IRole;
}

/** The account's invocation logging setting, for which CloudFormation has no type. */
export class LoggingSetting extends Construct {
  /** The name of the log group that receives the records. */
  public readonly logGroupName: string;

  public readonly resource: CustomResource;

  /** The role that reads and changes the setting. */
  public readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: LoggingSettingProps) {
    super(scope, id);

    // The id of the stack makes it new with each stack, the address tells two of them in one stack apart.
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const ownershipParameter = `/cdk-bedrock-observability/invocation-logging/${stackUuid}/${this.node.addr}`;
    const timeout = Duration.minutes(5);

    const logGroup = new logs.LogGroup(this, 'HandlerLogs', {
      retention: RetentionClass.OPERATIONAL,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = this.handlerRole(props, logGroup, ownershipParameter);
    const handler = new lambda.Function(this, 'Handler', {
      description: 'Sets the Amazon Bedrock invocation logging of this account and Region',
      code: handlerCode('configure-logging'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 256,
      timeout,
      role: this.role,
      logGroup,
      environment: { OWNERSHIP_PARAMETER: ownershipParameter },
    });

    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::BedrockModelInvocationLogging',
      serviceToken: handler.functionArn,
      serviceTimeout: timeout.plus(Duration.minutes(1)),
      properties: { OnExisting: props.onExisting, LoggingConfig: props.loggingConfig },
    });
    this.logGroupName = this.resource.getAttString('LogGroupName');
  }

  private handlerRole(props: LoggingSettingProps, logGroup: logs.ILogGroup, ownershipParameter: string): iam.Role {
    // To give a former configuration back means to hand its role to Bedrock, and which that is only shows when deployed.
    const passable =
      props.onExisting === ExistingConfiguration.FAIL && props.deliveryRole
        ? props.deliveryRole.roleArn
        : Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: '*' });

    // Inline, so that the permissions outlive the custom resource when the stack is deleted.
    const statements = {
      Setting: new iam.PolicyStatement({
        actions: [
          'bedrock:GetModelInvocationLoggingConfiguration',
          'bedrock:PutModelInvocationLoggingConfiguration',
          'bedrock:DeleteModelInvocationLoggingConfiguration',
        ],
        // The setting belongs to the account and Region: these actions know no resource.
        resources: ['*'],
      }),
      PassRole: new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [passable],
        conditions: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
      }),
      Ownership: new iam.PolicyStatement({
        actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
        resources: [Stack.of(this).formatArn({ service: 'ssm', resource: `parameter${ownershipParameter}` })],
      }),
      Logs: new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    };
    return new iam.Role(this, 'HandlerRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: Object.fromEntries(
        Object.entries(statements).map(([name, statement]) => [name, new iam.PolicyDocument({ statements: [statement] })]),
      ),
    });
  }
}
