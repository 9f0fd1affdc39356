import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BedrockObservability, ContentCapture, MeterDimension } from 'cdk-bedrock-observability';
import type { Construct } from 'constructs';

/** The dimension that MeterDimension.APPLICATION_PROFILE publishes. */
const PROFILE = 'aws.bedrock.application_inference_profile';

export interface TeamsStackProps extends StackProps {
  /** The inference profile of AWS from which those of the teams are made. */
  readonly systemProfileId: string;
  /** What each team may spend a day, in USD. */
  readonly teams: Readonly<Record<string, number>>;
}

/** An application inference profile for each team. It calls the profile instead of the model, and its cost is told apart by it. */
export class TeamsStack extends Stack {
  constructor(scope: Construct, id: string, { systemProfileId, teams, ...props }: TeamsStackProps) {
    super(scope, id, props);

    const { costMeter } = new BedrockObservability(this, 'BedrockObservability', {
      invocationLogging: { content: ContentCapture.METADATA_ONLY },
      costMeter: { dimensions: [MeterDimension.APPLICATION_PROFILE] },
    });

    for (const [team, dailyUsd] of Object.entries(teams)) {
      const profile = new bedrock.CfnApplicationInferenceProfile(this, `${team}Profile`, {
        inferenceProfileName: `${team}-${systemProfileId.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
        modelSource: {
          copyFrom: this.formatArn({
            service: 'bedrock',
            resource: 'inference-profile',
            resourceName: systemProfileId,
            arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
          }),
        },
        // With a cost allocation tag the invoice tells the teams apart as well.
        tags: [{ key: 'team', value: team }],
      });
      new CfnOutput(this, `${team}ModelId`, { value: profile.attrInferenceProfileArn, description: `What ${team} calls as its model` });

      costMeter.metrics
        .metricCost({ dimensionsMap: { [PROFILE]: profile.attrInferenceProfileArn }, period: Duration.days(1) })
        .createAlarm(this, `${team}DailyCost`, {
          alarmDescription: `${team} has spent more than USD ${dailyUsd} today`,
          threshold: dailyUsd,
          evaluationPeriods: 1,
          treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
        });
    }
  }
}
