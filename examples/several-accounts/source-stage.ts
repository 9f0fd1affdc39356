import { Stack, Stage, type StageProps } from 'aws-cdk-lib';
import { BedrockObservability, MetricsLink } from 'cdk-bedrock-observability';
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
      // Metrics only: the ledgers hold no prompts, and are to be queried by nobody else.
      new MetricsLink(stack, 'Link', { sinkArns: { [stack.region]: props.sinkArn } });
    }
  }
}
