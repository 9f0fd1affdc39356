import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Audience, CostMetrics, Dashboards, MetricsSink } from 'cdk-bedrock-observability';
import type { Construct } from 'constructs';

export interface MonitoringStackProps extends StackProps {
  /** The accounts and Regions that are looked at. */
  readonly sources: readonly { readonly account: string; readonly region: string }[];
  /** Whether the dashboards over all sources are here. The other Regions have a sink only. */
  readonly isHome: boolean;
}

/** What the monitoring account has in one Region: a sink for the metrics of other accounts, and in one Region the dashboards. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, { sources, isHome, ...props }: MonitoringStackProps) {
    super(scope, id, props);

    const sink = new MetricsSink(this, 'Sink', { accounts: [...new Set(sources.map(({ account }) => account))] });
    new CfnOutput(this, 'SinkArn', { value: sink.sinkArn });
    if (isHome) {
      new Dashboards(this, 'Dashboards', {
        audiences: [Audience.EXECUTIVE, Audience.FINOPS],
        owner: 'The platform team',
        sources: {
          costMetrics: CostMetrics.inNamespace(),
          rollUp: sources.map(({ account, region }) => ({ accountId: account, region })),
        },
      });
    }
  }
}
