import { type CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';

/** The log group and stream of alarm definitions, of which the emulator drops parts. */
export const DEFINITIONS = { logGroupName: '/demo/alarm-definitions', logStreamName: 'definitions' };

/** Stores the whole definition of an alarm, by a request: a line that is printed may come late, or not at all. */
export async function storeDefinition(logs: CloudWatchLogsClient, definition: object): Promise<void> {
  const logEvents = [{ timestamp: Date.now(), message: JSON.stringify(definition) }];
  await logs.send(new PutLogEventsCommand({ ...DEFINITIONS, logEvents }));
}
