import { isAscii } from 'node:buffer';
import { parseJson } from '../shared/parse-json';
import { originalEvent, type ReplayEvent, type SubscriptionEvent, unzipped } from '../shared/subscription-events';

/** The messages of an event. Throws where it cannot be decoded at all: Lambda then keeps it in the dead-letter queue. */
export function messages(event: SubscriptionEvent | ReplayEvent): readonly unknown[] {
  if ('Records' in event) {
    return event.Records.flatMap(({ body }) => messages(originalEvent(body)));
  }
  const bytes = unzipped(event);
  // A text of ASCII decodes faster as latin1, and JSON.parse reads its one-byte characters faster too.
  const payload = parseJson(bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8'), 'the subscription event') as {
    messageType?: string;
    logEvents?: unknown;
  };
  if (payload.messageType === 'CONTROL_MESSAGE') {
    return [];
  }
  if (!Array.isArray(payload.logEvents)) {
    throw new Error('the subscription event has no logEvents');
  }
  return payload.logEvents.map((each: { message?: unknown } | null) => each?.message);
}
