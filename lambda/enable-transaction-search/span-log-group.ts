import { AssociateKmsKeyCommand, CloudWatchLogsClient, DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { RetryPolicy } from '../shared/retry';
import { ask } from '../shared/ask';

const client = new CloudWatchLogsClient({});

/** Where X-Ray writes spans. Names that begin with `aws/` are reserved: only X-Ray can make it. */
export const SPAN_LOG_GROUP = 'aws/spans';

export class SpanLogGroup {
  constructor(private readonly retryPolicy: RetryPolicy) {}

  /** Undefined if it does not exist. */
  async find(): Promise<LogGroup | undefined> {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: SPAN_LOG_GROUP });
    const { logGroups = [] } = await ask(
      'logs:DescribeLogGroups',
      (abortSignal) => client.send(command, { abortSignal }),
      this.retryPolicy,
    );
    return logGroups.find(({ logGroupName }) => logGroupName === SPAN_LOG_GROUP);
  }

  async encrypt(kmsKeyId: string): Promise<void> {
    const command = new AssociateKmsKeyCommand({ logGroupName: SPAN_LOG_GROUP, kmsKeyId });
    await ask('logs:AssociateKmsKey', (abortSignal) => client.send(command, { abortSignal }), this.retryPolicy);
  }
}
