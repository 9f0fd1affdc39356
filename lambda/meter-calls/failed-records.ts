import type { LogEvent } from '../../engine/metering/meter-environment';
import { parseJson } from '../shared/parse-json';
import { isStreamEvent, readableRecords } from './stream-records';

/** Where Lambda has put a batch of a stream that failed. */
export interface FailedRecords {
  readonly bucket: string;
  readonly key: string;
}

/** The place that a queued message names; undefined for a message that is itself a batch. */
export function failedRecordsOf(body: string): FailedRecords | undefined {
  const { failedRecords } = (parseJson(body, 'the queued message') ?? {}) as { failedRecords?: Partial<FailedRecords> };
  const { bucket, key } = failedRecords ?? {};
  return typeof bucket === 'string' && typeof key === 'string' ? { bucket, key } : undefined;
}

/**
 * The log events of an object that Lambda wrote about a batch. Its `payload` is the whole batch. Source: Lambda Developer Guide,
 * "Retain discarded batch records", which shows it as a text.
 */
export function eventsOfFailedRecords(object: string, longTexts: boolean): readonly LogEvent[] {
  const { payload } = parseJson(object, 'the object about a failed batch') as { payload?: unknown };
  const batch = typeof payload === 'string' ? parseJson(payload, 'the payload of a failed batch') : payload;
  if (typeof batch !== 'object' || batch === null || !isStreamEvent(batch)) {
    throw new Error('the object about a failed batch has no records of a stream in its payload');
  }
  const { events, unreadable } = readableRecords(batch.Records, longTexts);
  if (unreadable) {
    throw unreadable.error;
  }
  return events;
}
