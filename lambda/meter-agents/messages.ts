import { isAscii } from 'node:buffer';
import { isMetered, OPERATION, REQUEST_TO_AGENT_CORE } from '../../engine/agents/metering/relevant';
import { parseJson } from '../shared/parse-json';
import { originalEvent, type ReplayEvent, type SubscriptionEvent, unzipped } from '../shared/subscription-events';
import { Finder } from './finder';

/**
 * What is between two events of a payload. Within the text of a message each quote has a backslash before it, so this cannot be part
 * of one. It does not begin with a quote, of which a payload has many: the search takes a tenth of the time so.
 */
const BETWEEN = '},{"id":"';

/** The messages of an event, and how many were left out because they cannot be spans of agents. */
export interface Messages {
  readonly messages: readonly unknown[];
  readonly leftOut: number;
}

/** Throws where the event cannot be decoded at all: Lambda then keeps it in the dead-letter queue. */
export function messagesOf(event: SubscriptionEvent | ReplayEvent): Messages {
  if ('Records' in event) {
    const all = event.Records.map(({ body }) => messagesOf(originalEvent(body)));
    return { messages: all.flatMap(({ messages }) => messages), leftOut: all.reduce((sum, { leftOut }) => sum + leftOut, 0) };
  }
  const { text, leftOut } = withoutOthers(unzipped(event));
  const payload = parseJson(text, 'the subscription event') as { messageType?: string; logEvents?: unknown };
  if (payload.messageType === 'CONTROL_MESSAGE') {
    return { messages: [], leftOut: 0 };
  }
  if (!Array.isArray(payload.logEvents)) {
    throw new Error('the subscription event has no logEvents');
  }
  return { messages: payload.logEvents.map((each: { message?: unknown } | null) => each?.message), leftOut };
}

/**
 * The payload without the events that are no spans of agents, so that they are neither decoded nor parsed: of most payloads that is the
 * greater part. The first and the last event stay, because the rest of the payload is around them.
 */
function withoutOthers(bytes: Buffer): { readonly text: string; readonly leftOut: number } {
  // A text of ASCII decodes faster as latin1, and JSON.parse reads its one-byte characters faster too.
  const encoding = isAscii(bytes) ? 'latin1' : 'utf8';
  const between = new Finder(bytes, BETWEEN);
  const requests = new Finder(bytes, REQUEST_TO_AGENT_CORE);
  const operations = new Finder(bytes, OPERATION);
  const kept: string[] = [];
  let leftOut = 0;
  let start = 0;
  for (let end = between.from(0); end !== -1; end = between.from(start)) {
    const isRequest = start > 0 && requests.isBetween(start, end) && !operations.isBetween(start, end);
    const event = isRequest ? undefined : bytes.toString(encoding, start, end);
    if (event !== undefined && (start === 0 || isMetered(event))) kept.push(event);
    else leftOut += 1;
    start = end + BETWEEN.length;
  }
  kept.push(bytes.toString(encoding, start));
  return { text: kept.join(BETWEEN), leftOut };
}
