import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Messages } from '../../cli/replay/messages';
import { readTexts } from '../../cli/replay/read-sources';
import type { Clients } from '../emulator/clients';
import { Failure } from '../failure';

/** One event of the invocation log group. */
export interface LogRecord {
  readonly time: Date;
  readonly message: string;
}

/** The stream into which Bedrock writes. */
const STREAM = 'aws/bedrock/modelinvocations';

/**
 * Reads exported invocation-log records, in every form that `replay` reads. A record without a time gets that of the one before.
 * What is damaged has no text to send, and is named.
 */
export async function readRecords(paths: readonly string[], now: Date): Promise<LogRecord[]> {
  const ofAws = paths.find((path) => path.startsWith('s3://'));
  if (ofAws !== undefined) {
    throw new Failure(
      `'--records ${ofAws}' cannot be read, because the demo uses no AWS settings: copy it with aws s3 sync, and give the folder`,
    );
  }
  let time = now;
  const records: LogRecord[] = [];
  const messages = new Messages(process.stderr);
  await readTexts(paths, messages, (parsed, message) => {
    if (message === '') return false;
    time = parsed.time === undefined ? time : new Date(parsed.time);
    return records.push({ time, message }) > 0;
  }).finally(() => messages.end());
  if (records.length === 0) throw new Failure(`there are no records in ${paths.join(', ')}`);
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
