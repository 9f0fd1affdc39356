import {
  GetIndexingRulesCommand,
  GetTraceSegmentDestinationCommand,
  UpdateIndexingRuleCommand,
  UpdateTraceSegmentDestinationCommand,
  XRayClient,
  type GetTraceSegmentDestinationResult,
} from '@aws-sdk/client-xray';
import { isTransient, type RetryPolicy } from '../shared/retry';
import { ask } from '../shared/ask';

const client = new XRayClient({});

/** The only rule that there is: "UpdateIndexingRule" in the API reference of AWS X-Ray. */
const RULE = 'Default';

/** Where X-Ray sends the spans of this account and Region, and how many of them it indexes. */
export class SpanDestination {
  constructor(private readonly retryPolicy: RetryPolicy) {}

  /** Whether spans go to CloudWatch Logs, which is what Transaction Search means, or are about to. */
  async isOn(): Promise<boolean> {
    return (await this.get()).Destination === 'CloudWatchLogs';
  }

  /** Whether they go there by now. */
  async isActive(): Promise<boolean> {
    const { Destination, Status } = await this.get();
    return Destination === 'CloudWatchLogs' && Status !== 'PENDING';
  }

  async switchOn(encryptionKeyArn?: string): Promise<void> {
    const configuration = encryptionKeyArn && { CloudWatchLogsConfiguration: { SpansLogGroupKmsKeyId: encryptionKeyArn } };
    await this.update(new UpdateTraceSegmentDestinationCommand({ Destination: 'CloudWatchLogs', ...configuration }));
  }

  async switchOff(): Promise<void> {
    await this.update(new UpdateTraceSegmentDestinationCommand({ Destination: 'XRay' }));
  }

  /** The share of the spans that are indexed as trace summaries, in percent. */
  async percentage(): Promise<number | undefined> {
    const { IndexingRules = [] } = await ask(
      'xray:GetIndexingRules',
      (abortSignal) => client.send(new GetIndexingRulesCommand({}), { abortSignal }),
      this.retryPolicy,
    );
    return IndexingRules.find(({ Name }) => Name === RULE)?.Rule?.Probabilistic?.DesiredSamplingPercentage;
  }

  async setPercentage(percentage: number): Promise<void> {
    const command = new UpdateIndexingRuleCommand({
      Name: RULE,
      Rule: { Probabilistic: { DesiredSamplingPercentage: percentage } },
    });
    await ask('xray:UpdateIndexingRule', (abortSignal) => client.send(command, { abortSignal }), this.retryPolicy);
  }

  private get(): Promise<GetTraceSegmentDestinationResult> {
    return ask(
      'xray:GetTraceSegmentDestination',
      (abortSignal) => client.send(new GetTraceSegmentDestinationCommand({}), { abortSignal }),
      this.retryPolicy,
    );
  }

  /** X-Ray refuses until the resource policy has reached it, so refusals are retried as well. */
  private async update(command: UpdateTraceSegmentDestinationCommand): Promise<void> {
    await ask(
      'xray:UpdateTraceSegmentDestination',
      (abortSignal) => client.send(command, { abortSignal }),
      this.retryPolicy,
      (error) => isTransient(error) || (error as Error).name === 'InvalidRequestException',
    );
  }
}
