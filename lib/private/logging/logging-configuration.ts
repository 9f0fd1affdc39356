import { Aws, CfnResource, CustomResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ExistingConfiguration } from '../../existing-configuration';
import { RetentionClass } from '../../retention-class';
import { FunctionOptions } from '../../function-options';
import { newHandler } from '../new-handler';

/** Where the ownership records of all stacks of the account and Region are. */
const RECORDS = '/cdk-bedrock-observability/invocation-logging';

const LOGICAL_ID = 'BedrockInvocationLogging';

interface LoggingConfigurationProps {
  readonly onExisting: ExistingConfiguration;

  /** The configuration in the words of the Bedrock API; absent when an existing one is adopted. */
  readonly loggingConfig?: Record<string, unknown>;

  /** The role that the configuration passes to Bedrock. */
  readonly deliveryRole?: iam.IRole;

  readonly functions?: FunctionOptions;

  /** Whether the template holds the code of the function. */
  readonly inlineCode?: boolean;
}

/** The account's invocation logging configuration, for which CloudFormation has no resource type. */
export class LoggingConfiguration extends Construct {
  /** The name of the log group that receives the records. */
  public readonly logGroupName: string;

  public readonly resource: CustomResource;

  /** The role that reads and changes the configuration. */
  public readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: LoggingConfigurationProps) {
    super(scope, id);

    // The UUID of the stack id is new for each stack.
    const ownershipParameter = `${RECORDS}/${Fn.select(2, Fn.split('/', Aws.STACK_ID))}/${LOGICAL_ID}`;
    const timeout = Duration.minutes(5);

    const handler = newHandler(this, 'Handler', {
      prefix: 'Handler',
      handler: 'configure-logging',
      isInline: props.inlineCode,
      description: 'Sets the Amazon Bedrock invocation logging of this account and Region',
      memorySize: 256,
      timeout,
      logRetention: RetentionClass.OPERATIONAL,
      // The custom resource needs them until it has restored the configuration.
      permissions: this.permissions(props, ownershipParameter),
      environment: { OWNERSHIP_PARAMETER: ownershipParameter },
      // A request that Lambda repeats later may set what CloudFormation has deleted meanwhile. The handler retries by itself.
      retryAttempts: 0,
      maxEventAge: timeout,
      functions: props.functions,
    });
    this.role = handler.role!;

    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::BedrockModelInvocationLogging',
      serviceToken: handler.functionArn,
      serviceTimeout: timeout.plus(Duration.minutes(1)),
      properties: { OnExisting: props.onExisting, LoggingConfig: props.loggingConfig },
    });
    this.logGroupName = this.resource.getAttString('LogGroupName');
    this.keepLogicalIds(handler);
  }

  /**
   * A stack has one of these, so their logical ids need no path. To CloudFormation a construct that was renamed or moved is then
   * the same resource with other properties: it is updated, and rolled back if need be, and never made and deleted. The handler
   * is among them because CloudFormation refuses to change the service token of a resource, and its retries because a function
   * can have one such resource at a time.
   */
  private keepLogicalIds(handler: lambda.Function): void {
    (this.resource.node.defaultChild as CfnResource).overrideLogicalId(LOGICAL_ID);
    (handler.node.defaultChild as CfnResource).overrideLogicalId(`${LOGICAL_ID}Handler`);
    (handler.node.findChild('EventInvokeConfig').node.defaultChild as CfnResource).overrideLogicalId(`${LOGICAL_ID}HandlerRetries`);
  }

  private permissions(props: LoggingConfigurationProps, ownershipParameter: string): Record<string, iam.PolicyStatement[]> {
    const stack = Stack.of(this);
    // Restoring a former configuration passes the role of that configuration to Bedrock, which is not known at synth.
    const passableRole =
      props.onExisting === ExistingConfiguration.FAIL && props.deliveryRole
        ? props.deliveryRole.roleArn
        : stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: '*' });

    return {
      Setting: [
        new iam.PolicyStatement({
          actions: [
            'bedrock:GetModelInvocationLoggingConfiguration',
            'bedrock:PutModelInvocationLoggingConfiguration',
            'bedrock:DeleteModelInvocationLoggingConfiguration',
          ],
          // The configuration belongs to the account and Region: these actions do not support permissions for single resources.
          resources: ['*'],
        }),
      ],
      PassRole: [
        new iam.PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [passableRole],
          conditions: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
        }),
      ],
      Ownership: [
        new iam.PolicyStatement({
          actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
          resources: [stack.formatArn({ service: 'ssm', resource: `parameter${ownershipParameter}` })],
        }),
      ],
      // A stack that gives way to another one tells it which configuration was there before both.
      OtherRecords: [
        new iam.PolicyStatement({
          actions: ['ssm:GetParametersByPath', 'ssm:PutParameter'],
          resources: ['', '/*'].map((below) => stack.formatArn({ service: 'ssm', resource: `parameter${RECORDS}${below}` })),
        }),
      ],
    };
  }
}
