import { Stack, StackProps } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BedrockObservability, CostBudget, ObservabilityLevel } from '../lib';

/**
 * The sample: everything that needs nothing but calls to Bedrock, and a topic for critical alarms. With the
 * context `spanLogGroup`, the name of a log group such as `aws/spans` that exists already, agents are metered, too; with
 * `usageLogGroup`, also what AgentCore bills for their sessions.
 */
export class SampleStack extends Stack {
  public readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    this.topic = new sns.Topic(this, 'Pager', { enforceSSL: true });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );

    const spanLogGroups = this.logGroupsOfContext('spanLogGroup');
    const usageLogGroups = this.logGroupsOfContext('usageLogGroup');
    new BedrockObservability(this, 'BedrockObservability', {
      level: ObservabilityLevel.ADVANCED,
      budgets: [CostBudget.monthly('Month', 1000)],
      alarmRouting: { critical: [new SnsAction(this.topic)] },
      ...(spanLogGroups.length > 0 && { agents: { spanLogGroups, usageLogGroups } }),
    });
  }

  private logGroupsOfContext(key: string): logs.ILogGroup[] {
    const name: unknown = this.node.tryGetContext(key);
    return typeof name === 'string' ? [logs.LogGroup.fromLogGroupName(this, key, name)] : [];
  }
}
