import { AGENT_CORE, BEFORE_SERVICE, isMetered, isSpan, OPERATION } from '../../engine/agents/metering/relevant';
import { parseJson } from '../shared/parse-json';
import { originalEvent, type ReplayEvent, type SubscriptionEvent, unzipped } from '../shared/subscription-events';
import { EventReader, messageOf, WHAT } from './event-reader';
import { Finder } from './finder';

/**
 * What is between two events of a payload. Within the text of a message each quote has a backslash before it, so this cannot be part
 * of one. It does not begin with a quote, of which a payload has many: the search takes a tenth of the time so.
 */
const BETWEEN = '},{"id":"';

/**
 * The messages of an event in any order, one after the other, so that none is kept in memory: as text or parsed, and `undefined` for one
 * that cannot be of an agent. Throws where the event cannot be decoded at all: Lambda then keeps it in the dead-letter queue.
 *
 * Of most payloads the greater part is of no agent, and is neither decoded nor parsed. The first and the last event are read with the
 * rest of the payload, which is around them.
 */
export function* messagesOf(event: SubscriptionEvent | ReplayEvent): Generator<unknown, void> {
  if ('Records' in event) {
    for (const { body } of event.Records) yield* messagesOf(originalEvent(body));
    return;
  }
  const bytes = unzipped(event);
  const reader = new EventReader(bytes);
  const between = new Finder(bytes, BETWEEN);
  const firstEnd = between.from(0);
  if (firstEnd === -1) {
    yield* messagesIn(reader.text(0));
    return;
  }
  const relevant = new RelevantEvents(bytes);
  let start = firstEnd + BETWEEN.length;
  for (let end = between.from(start); end !== -1; end = between.from(start)) {
    const [from, to] = [start, end];
    yield relevant.isRequest(from, to) ? undefined : reader.message(from, to, (text) => relevant.has(text, from, to));
    start = end + BETWEEN.length;
  }
  yield* messagesIn(reader.text(0, firstEnd) + BETWEEN + reader.text(start));
}

function messagesIn(payload: string): unknown[] {
  const { messageType, logEvents } = parseJson(payload, WHAT) as { messageType?: string; logEvents?: unknown };
  if (messageType === 'CONTROL_MESSAGE') return [];
  if (!Array.isArray(logEvents)) throw new Error(`${WHAT} has no logEvents`);
  return logEvents.map(messageOf);
}

/** Says which events of a payload can be of agents. */
class RelevantEvents {
  private readonly services: Finder;
  private readonly operations: Finder;

  constructor(private readonly bytes: Buffer) {
    this.services = new Finder(bytes, AGENT_CORE);
    this.operations = new Finder(bytes, OPERATION);
  }

  /** Whether the event is a request to AgentCore, and of no agent. */
  public isRequest(start: number, end: number): boolean {
    const service = this.services.from(start);
    if (service === -1 || service >= end || this.operations.isBetween(start, end)) return false;
    return this.bytes.toString('latin1', service - BEFORE_SERVICE.length, service) === BEFORE_SERVICE;
  }

  public has(text: string, start: number, end: number): boolean {
    return this.operations.isBetween(start, end) ? isSpan(text) : isMetered(text);
  }
}
