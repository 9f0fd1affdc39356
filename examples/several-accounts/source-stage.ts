import { Stack, Stage, type StageProps } from 'aws-cdk-lib';
import * as oam from 'aws-cdk-lib/aws-oam';
import { BedrockObservability } from 'cdk-bedrock-observability';
import type { Construct } from 'constructs';

export interface SourceStageProps extends StageProps {
  /** The sink of the monitoring account in this Region. Nothing is shared without it. */
  readonly sinkArn?: string;
}

/** What one account has in one Region: everything, and a link to the monitoring account. */
export class SourceStage extends Stage {
  constructor(scope: Construct, id: string, props: SourceStageProps) {
    super(scope, id, props);

    const stack = new Stack(this, 'Bedrock');
    new BedrockObservability(stack, 'BedrockObservability');
    if (props.sinkArn !== undefined) {
      new oam.CfnLink(stack, 'Link', {
        sinkIdentifier: props.sinkArn,
        labelTemplate: '$AccountName',
        // The ledgers hold no prompts. Share metrics only, to be queried by nobody.
        resourceTypes: ['AWS::CloudWatch::Metric'],
      });
    }
  }
}
