import type { LogEvent } from '../../engine/metering/meter-environment';
import { logEvents } from './log-events';

/** What Lambda hands over of a Kinesis data stream, in the order of the stream. */
export interface StreamEvent {
  readonly Records: readonly StreamRecord[];
}

/** A record of the stream: base64 of what a subscription of CloudWatch Logs sends. */
export interface StreamRecord {
  readonly kinesis: { readonly sequenceNumber: string; readonly data: string };
}

/** What Lambda takes as its answer: it tries again from the first record that is named. */
export interface StreamResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>;
}

/** The log events of a batch up to its first record that cannot be read. */
export interface ReadableRecords {
  readonly events: readonly LogEvent[];
  readonly unreadable?: { readonly sequenceNumber: string; readonly at: number; readonly error: Error };
}

export function isStreamEvent(event: object): event is StreamEvent {
  return 'Records' in event && Array.isArray(event.Records) && event.Records.some((record: object) => 'kinesis' in record);
}

/**
 * Lambda tries again what follows the record that is named as failed, whether it was metered or not. So nothing after the first
 * unreadable record is metered yet, and nothing is metered twice.
 */
export function readableRecords(records: readonly StreamRecord[], longTexts: boolean): ReadableRecords {
  const events: LogEvent[] = [];
  for (const [at, { kinesis }] of records.entries()) {
    try {
      for (const event of logEvents({ awslogs: { data: kinesis.data } }, longTexts)) {
        events.push(event);
      }
    } catch (error) {
      return { events, unreadable: { sequenceNumber: kinesis.sequenceNumber, at, error: error as Error } };
    }
  }
  return { events };
}
