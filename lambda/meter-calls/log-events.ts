import { isAscii } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import type { LogEvent } from '../../engine/metering/meter-environment';

/** What a log group subscription sends. */
export interface SubscriptionEvent {
  readonly awslogs: { readonly data: string };
}

/** Failed batches that are replayed from the dead-letter queue: each body is the original event. */
export interface ReplayEvent {
  readonly Records: ReadonlyArray<{ readonly body: string }>;
}

const MiB = 1024 * 1024;

/** The log events of an event. Throws if it cannot be decoded at all: then it goes to the dead-letter queue. */
export function logEvents(event: SubscriptionEvent | ReplayEvent): readonly LogEvent[] {
  if ('Records' in event) {
    return event.Records.flatMap((record) => logEvents(originalEvent(record.body)));
  }
  const bytes = unzipped(Buffer.from(event.awslogs.data, 'base64'));
  const payload = JSON.parse(bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')) as { messageType?: string; logEvents?: LogEvent[] };
  if (payload.messageType === 'CONTROL_MESSAGE') {
    return [];
  }
  if (!Array.isArray(payload.logEvents)) {
    throw new Error('the subscription event has no logEvents');
  }
  return payload.logEvents;
}

function originalEvent(body: string): SubscriptionEvent {
  const event = JSON.parse(body) as Partial<SubscriptionEvent>;
  if (typeof event.awslogs?.data !== 'string') {
    throw new Error('the queued message is no subscription event: it has no awslogs.data');
  }
  return { awslogs: { data: event.awslogs.data } };
}

/** In one step, where the default grows the result by 16 KiB at a time: the last four bytes of a gzip file tell its size. */
function unzipped(bytes: Buffer): Buffer {
  const size = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  return gunzipSync(bytes, { chunkSize: Math.min(Math.max(size + 1, MiB / 16), 32 * MiB) });
}
