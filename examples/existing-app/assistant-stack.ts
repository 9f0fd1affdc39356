import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AlarmRule,
  AlarmTier,
  ContentCapture,
  CostMeter,
  DefaultAlarmRules,
  InvocationLogging,
  Ledger,
  MeterDimension,
  TieredAlarms,
} from 'cdk-bedrock-observability';
import { Construct } from 'constructs';

export interface AssistantStackProps extends StackProps {
  /** The model or inference profile that the assistant calls. */
  readonly modelId: string;
  /** The log group of the platform team for Bedrock. */
  readonly invocationLogGroupName: string;
  /** The topic that pages the person on call. */
  readonly onCallTopicArn: string;
}

/** A stack with a function. What observability adds to it begins at `InvocationLogging`. */
export class AssistantStack extends Stack {
  constructor(scope: Construct, id: string, props: AssistantStackProps) {
    super(scope, id, props);

    const assistant = new lambda.Function(this, 'Assistant', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      timeout: Duration.seconds(30),
      environment: { MODEL_ID: props.modelId },
      code: lambda.Code.fromInline(ASSISTANT),
    });
    // An inference profile routes calls to the model in several Regions, which AWS may extend: no resource can be named.
    assistant.addToRolePolicy(new iam.PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: ['*'] }));

    const logging = new InvocationLogging(this, 'InvocationLogging', {
      logGroup: logs.LogGroup.fromLogGroupName(this, 'Invocations', props.invocationLogGroupName),
      content: ContentCapture.METADATA_ONLY,
    });
    const meter = new CostMeter(this, 'CostMeter', {
      logGroup: logging.logGroup,
      dimensions: [MeterDimension.requestMetadata('feature')],
      ledger: Ledger.perCall({ requestMetadataKeys: ['feature'] }),
    });
    const alarms = new TieredAlarms(this, 'Alarms', {
      rules: [
        ...DefaultAlarmRules.forMetrics(meter.metrics, { costMeter: meter, textLogged: false, thresholds: { ErrorRate: 10 } }),
        new AlarmRule({
          name: 'UnreadableRecords',
          tier: AlarmTier.WARNING,
          summary: 'records arrived that could not be read',
          firstCheck: 'the reason in the malformed lines of the ledger',
          metric: meter.metrics.metricMalformed({ period: Duration.hours(1) }),
          threshold: 0,
        }),
      ],
      routing: { critical: [new SnsAction(sns.Topic.fromTopicArn(this, 'OnCall', props.onCallTopicArn))] },
    });

    new cloudwatch.Dashboard(this, 'Dashboard', {
      widgets: [
        [
          new cloudwatch.GraphWidget({ title: 'Errors of the assistant', left: [assistant.metricErrors()] }),
          new cloudwatch.GraphWidget({ title: 'Cost of its model calls (USD)', left: [meter.metrics.metricCostOfModel(props.modelId)] }),
          new cloudwatch.AlarmStatusWidget({ title: 'Bedrock', alarms: alarms.alarms }),
        ],
      ],
    });
  }
}

const ASSISTANT = `
const { BedrockRuntimeClient, ConverseCommand } = require('@aws-sdk/client-bedrock-runtime');
const client = new BedrockRuntimeClient({});

exports.handler = async ({ question }) => {
  const { output } = await client.send(new ConverseCommand({
    modelId: process.env.MODEL_ID,
    messages: [{ role: 'user', content: [{ text: question }] }],
    requestMetadata: { feature: 'assistant' },
  }));
  return output.message.content[0].text;
};
`;
