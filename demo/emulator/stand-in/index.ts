import { gunzipSync } from 'node:zlib';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { CloudFormationCustomResourceEvent, CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { datumsOf } from './embedded-metrics';
import { apply } from './resources';

const cloudWatch = new CloudWatchClient({});

/** PutMetricData takes at most 1,000 datums and 1 MB in one request; these are below both. */
const DATUMS_PER_REQUEST = 500;

/**
 * Does what the emulator does not: extracts metrics from log lines in embedded metric format, and answers CloudFormation for
 * resources of types that the emulator does not know.
 */
export async function handler(event: CloudWatchLogsEvent | CloudFormationCustomResourceEvent): Promise<void> {
  if ('awslogs' in event) {
    await extractMetrics(JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString()) as CloudWatchLogsDecodedData);
  } else {
    await applyResource(event);
  }
}

async function extractMetrics(data: CloudWatchLogsDecodedData): Promise<void> {
  for (const [Namespace, datums] of datumsOf(data.logEvents.map(({ message }) => message))) {
    for (let start = 0; start < datums.length; start += DATUMS_PER_REQUEST) {
      await cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData: datums.slice(start, start + DATUMS_PER_REQUEST) }));
    }
  }
}

async function applyResource(event: CloudFormationCustomResourceEvent): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const result = await apply(cloudWatch, event).then(
    (applied) => ({ Status: 'SUCCESS', ...applied }),
    (error: Error) => ({ Status: 'FAILED', Reason: error.message, PhysicalResourceId: LogicalResourceId }),
  );
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ StackId, RequestId, LogicalResourceId, ...result }) });
}
