import { isAscii } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import type { LogEvent } from '../../engine/metering/meter-environment';
import { withoutLongTextsOfMessages } from '../../engine/records/long-texts';

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

/**
 * The log events of an event. Throws where it cannot be decoded at all: Lambda then keeps it in the dead-letter queue.
 *
 * @param longTexts whether the long texts of the bodies are needed
 */
export function logEvents(event: SubscriptionEvent | ReplayEvent, longTexts = false): readonly LogEvent[] {
  if ('Records' in event) {
    return event.Records.flatMap(({ body }) => logEvents(originalEvent(body), longTexts));
  }
  const bytes = unzipped(Buffer.from(event.awslogs.data, 'base64'));
  const payload = JSON.parse(longTexts ? textOf(bytes) : shortTextOf(bytes)) as { messageType?: string; logEvents?: LogEvent[] };
  if (payload.messageType === 'CONTROL_MESSAGE') {
    return [];
  }
  if (!Array.isArray(payload.logEvents)) {
    throw new Error('the subscription event has no logEvents');
  }
  return payload.logEvents;
}

/** A text of ASCII decodes faster as latin1, and JSON.parse reads its one-byte characters faster too. */
const textOf = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

/** Bytes are characters of latin1 until the long texts are out: most characters that are not ASCII are in these. */
function shortTextOf(bytes: Buffer): string {
  const all = bytes.toString('latin1');
  const short = withoutLongTextsOfMessages(all);
  if (short !== all) return textOf(Buffer.from(short, 'latin1'));
  return isAscii(bytes) ? all : bytes.toString('utf8');
}

function originalEvent(body: string): SubscriptionEvent {
  const event = JSON.parse(body) as Partial<SubscriptionEvent>;
  if (typeof event.awslogs?.data !== 'string') {
    throw new Error('the queued message is no subscription event: it has no awslogs.data');
  }
  return { awslogs: { data: event.awslogs.data } };
}

/**
 * Unzips in one step, where the default of zlib grows the result by 16 KiB at a time. The last four bytes of a gzip file are
 * its size (RFC 1952, section 2.3.1), which may be wrong: a chunk has 64 KiB at least and 32 MiB at most.
 */
function unzipped(bytes: Buffer): Buffer {
  const size = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  return gunzipSync(bytes, { chunkSize: Math.min(Math.max(size + 1, 64 * KiB), 32 * MiB) });
}
