import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { createWaiter, WaiterState } from '@smithy/util-waiter';
import { ATTEMPT } from './deadline';

/** Puts rows into the delivery stream. Rejects unless all of them were taken. */
export type PutRows = (rows: readonly string[], abortSignal: AbortSignal) => Promise<void>;

/** Of one request: 500 records, and 4 MB in all. Source: Amazon Data Firehose API reference, "PutRecordBatch". */
const MAX_RECORDS = 500;
const MAX_BYTES = 4_000_000;

/** Between attempts, in seconds. How long all of them take is up to the signal. */
const DELAYS = { minDelay: 0.1, maxDelay: 2, maxWaitTime: 900 };

/** In milliseconds: a request can have megabytes, other than those of look-ups. */
const REQUEST_TIMEOUT = 4000;

/** Rows go to the table one a record: Firehose takes one object of JSON for a row. */
export function rowsPutter(stream: string): PutRows {
  const client = new FirehoseClient({ requestHandler: { ...ATTEMPT, requestTimeout: REQUEST_TIMEOUT } });
  return async (rows, abortSignal) => {
    for (const part of partsOf(rows)) {
      let left = part;
      const outcome = await createWaiter({ client, abortSignal, ...DELAYS }, undefined, async () => {
        const Records = left.map((row) => ({ Data: Buffer.from(row) }));
        const command = new PutRecordBatchCommand({ DeliveryStreamName: stream, Records });
        const { RequestResponses } = await client.send(command, { abortSignal }).catch(refused);
        // What was not taken is put again, and nothing else.
        left = left.filter((_, at) => !RequestResponses?.[at]?.RecordId);
        return { state: left.length === 0 ? WaiterState.SUCCESS : WaiterState.RETRY };
      });
      if (outcome.state !== WaiterState.SUCCESS)
        throw new Error(`Firehose did not take rows of the ledger in time: ${left.length} of ${rows.length} are left`);
    }
  };
}

/** Only the name: a message of AWS can quote what it refuses. */
function refused({ name }: Error): never {
  throw new Error(`Firehose did not take rows of the ledger: ${name}`);
}

function partsOf(rows: readonly string[]): string[][] {
  const parts: string[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const size = Buffer.byteLength(row);
    if (bytes + size > MAX_BYTES || parts.at(-1)!.length >= MAX_RECORDS) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(row);
    bytes += size;
  }
  return parts;
}
