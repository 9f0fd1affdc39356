import { gunzipSync } from 'node:zlib';
import { parseJson } from './parse-json';

/** What a log group subscription sends. */
export interface SubscriptionEvent {
  readonly awslogs: { readonly data: string };
}

/** Failed batches that are replayed from the dead-letter queue: each body is the original event. */
export interface ReplayEvent {
  readonly Records: ReadonlyArray<{ readonly body: string }>;
}

const KiB = 1024;
const MiB = 1024 * KiB;

/** The event that a message in the dead-letter queue was. */
export function originalEvent(body: string): SubscriptionEvent {
  const event = parseJson(body, 'the queued message') as Partial<SubscriptionEvent>;
  if (typeof event.awslogs?.data !== 'string') {
    throw new Error('the queued message is no subscription event: it has no awslogs.data');
  }
  return { awslogs: { data: event.awslogs.data } };
}

/**
 * The text of an event, as bytes. Unzips in one step, where the default of zlib grows the result by 16 KiB at a time. The last four bytes of a gzip file are
 * its size (RFC 1952, section 2.3.1), which may be wrong: a chunk has 64 KiB at least and 32 MiB at most.
 */
export function unzipped({ awslogs }: SubscriptionEvent): Buffer {
  const bytes = Buffer.from(awslogs.data, 'base64');
  const size = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  return gunzipSync(bytes, { chunkSize: Math.min(Math.max(size + 1, 64 * KiB), 32 * MiB) });
}
