import type { LogEvent } from '../../engine/metering/meter-environment';
import type { Meter } from '../../engine/metering/meter';
import { readMeterConfig } from '../../engine/metering/meter-config';
import type { ReplayEvent, SubscriptionEvent } from '../shared/subscription-events';
import { LookUps } from '../shared/look-ups';
import { writeText } from '../shared/write-lines';
import { eventsOfFailedRecords, failedRecordsOf } from './failed-records';
import { logEvents } from './log-events';
import { ledgerTable } from '../shared/ledger-table';
import { newMeter, newOtlpExport } from './new-meter';
import { isStreamEvent, readableRecords, type StreamEvent, type StreamRecord, type StreamResponse } from './stream-records';

const config = readMeterConfig(process.env);
const longTexts = config.promptHashSecretArn !== undefined;
const lookUps = new LookUps(config.lookUpMs);
const loadedOtlp = newOtlpExport(config, lookUps);
const write = ledgerTable(config, lookUps, writeText, () => import('./put-rows.lazy.js'));
let meter: Meter | undefined;

/** Meters a batch of invocation log records, of a log group or of a stream, or what failed and is replayed from the dead-letter queue. */
export async function handler(event: SubscriptionEvent | StreamEvent | ReplayEvent): Promise<StreamResponse | undefined> {
  const otlp = await loadedOtlp;
  meter ??= newMeter(config, lookUps, write, otlp);
  lookUps.begin();
  otlp?.begin();
  if (isStreamEvent(event)) {
    return meterStream(meter, event.Records);
  }
  await meter.meter('Records' in event ? await replayedEvents(event) : logEvents(event, longTexts));
  return undefined;
}

/** A batch that begins with an unreadable record fails as a whole: Lambda then tries each half, until that record is alone. */
async function meterStream(meterOfCalls: Meter, records: readonly StreamRecord[]): Promise<StreamResponse> {
  const { events, unreadable } = readableRecords(records, longTexts);
  if (unreadable?.at === 0) {
    throw unreadable.error;
  }
  await meterOfCalls.meter(events);
  return { batchItemFailures: unreadable ? [{ itemIdentifier: unreadable.sequenceNumber }] : [] };
}

async function replayedEvents(event: ReplayEvent): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for (const { body } of event.Records) {
    const place = failedRecordsOf(body);
    const replayed = place ? eventsOfFailedRecords(await objectAt(place), longTexts) : logEvents({ Records: [{ body }] }, longTexts);
    events.push(...replayed);
  }
  return events;
}

async function objectAt({ bucket, key }: { bucket: string; key: string }): Promise<string> {
  const { getObject } = await import('./get-object.lazy.js');
  const object = await lookUps.required('the failed batch', (abortSignal) => getObject(bucket, key, { abortSignal }));
  return object!.text;
}
