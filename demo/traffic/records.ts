import { readFile } from 'node:fs/promises';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../emulator/clients';
import { Failure } from '../failure';

/** One event of the invocation log group. */
export interface LogRecord {
  readonly time: Date;
  readonly message: string;
}

/** The stream into which Bedrock writes. */
const STREAM = 'aws/bedrock/modelinvocations';

/** Reads exported invocation-log records, one JSON object a line. A line without a time gets the time of the line before. */
export async function readRecords(file: string, now: Date): Promise<LogRecord[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Failure(`'--records ${file}' cannot be read: ${error.message}`);
  });
  let time = now;
  const records = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((message) => ({ time: (time = timeOf(message) ?? time), message }));
  if (records.length === 0) {
    throw new Failure(`'--records ${file}' holds no records: give a file with one JSON record a line`);
  }
  return records.sort((left, right) => left.time.getTime() - right.time.getTime());
}

/** Writes records into the log group with one request, as Bedrock does. */
export async function sendRecords(
  clients: Clients,
  logGroupName: string,
  records: readonly LogRecord[],
  logStreamName = STREAM,
): Promise<void> {
  await clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch((error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') {
      throw error;
    }
  });
  await clients.logs.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: records.map(({ time, message }) => ({ timestamp: time.getTime(), message })),
    }),
  );
}

function timeOf(message: string): Date | undefined {
  try {
    const time = new Date((JSON.parse(message) as { timestamp: string }).timestamp);
    return Number.isNaN(time.getTime()) ? undefined : time;
  } catch {
    return undefined;
  }
}
