import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { apply } from './resources';

const clients = { cloudWatch: new CloudWatchClient({}), logs: new CloudWatchLogsClient({}) };

/** Answers CloudFormation for resources of types that the emulator does not know. */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const result = await apply(clients, event).then(
    (applied) => ({ Status: 'SUCCESS', ...applied }),
    (error: Error) => ({ Status: 'FAILED', Reason: error.message, PhysicalResourceId: LogicalResourceId }),
  );
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ StackId, RequestId, LogicalResourceId, ...result }) });
}
