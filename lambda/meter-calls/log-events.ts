import { isAscii } from 'node:buffer';
import type { LogEvent } from '../../engine/metering/meter-environment';
import { withoutLongTextsOfMessages } from '../../engine/records/long-texts';
import { latin1Text } from '../shared/latin1-text';
import { parseJson } from '../shared/parse-json';
import { originalEvent, type ReplayEvent, type SubscriptionEvent, unzipped } from '../shared/subscription-events';

/**
 * The log events of an event. Throws where it cannot be decoded at all: Lambda then keeps it in the dead-letter queue.
 *
 * @param longTexts whether the long texts of the bodies are needed
 */
export function logEvents(event: SubscriptionEvent | ReplayEvent, longTexts = false): readonly LogEvent[] {
  if ('Records' in event) {
    return event.Records.flatMap(({ body }) => logEvents(originalEvent(body), longTexts));
  }
  const bytes = unzipped(event);
  const payload = parseJson(longTexts ? textOf(bytes) : shortTextOf(bytes), 'the subscription event') as {
    messageType?: string;
    logEvents?: LogEvent[];
  };
  if (payload.messageType === 'CONTROL_MESSAGE') {
    return [];
  }
  if (!Array.isArray(payload.logEvents)) {
    throw new Error('the subscription event has no logEvents');
  }
  return payload.logEvents;
}

/** A text of ASCII decodes faster as latin1, and JSON.parse reads its one-byte characters faster too. */
const textOf = (bytes: Buffer): string => (isAscii(bytes) ? latin1Text(bytes) : bytes.toString('utf8'));

/** Bytes are characters of latin1 until the long texts are out: most characters that are not ASCII are in these. */
function shortTextOf(bytes: Buffer): string {
  const all = latin1Text(bytes);
  const short = withoutLongTextsOfMessages(all);
  if (short !== all) return textOf(Buffer.from(short, 'latin1'));
  return isAscii(bytes) ? all : bytes.toString('utf8');
}
