import { bodyFacts } from './body-facts';
import { Member } from '../ledger/members';
import { MalformedRecord, type Call, type UnusableRecord } from './call';
import { eventTime } from './event-time';
import { guardrailUnits } from './guardrail-units';
import { isObject, readObject, readText, type Json } from './json';
import { embeddedPart } from './record-units';
import { recordUsage, type Envelope } from './record-usage';
import { invokedModel } from './invoked-model';
import { tierOf } from './tier';

const SCHEMA = 'ModelInvocationLog';

/** The beginning of what Bedrock writes to a destination when logging is switched on. */
const PERMISSION_CHECK = 'Permissions are correctly set';

/** What a cost meter writes to its own log group, and no record has: ledger lines and metric lines. Its lines are no calls. */
const OWN_LINES: readonly string[] = [Member.ledger, '_aws'];

/**
 * Reads one invocation log record. Never throws, whatever the message holds.
 *
 * @param message the log event, or one line of an exported log
 * @param received when the log event was received, in milliseconds: the time of a call whose own cannot be read
 * @param eventId the id of the log event: that of a call whose own cannot be read
 */
export function parseRecord(message: string, received?: number, eventId?: string): Call | UnusableRecord {
  let record: unknown;
  try {
    record = JSON.parse(message);
  } catch {
    return message.startsWith(PERMISSION_CHECK)
      ? { kind: 'ignored', reason: 'permissionCheck', time: received }
      : { kind: 'malformed', reason: 'not JSON', time: received };
  }
  if (!isObject(record)) {
    return { kind: 'malformed', reason: 'not a JSON object', time: received };
  }
  if (record.schemaType !== SCHEMA && record.schemaType !== undefined) {
    return { kind: 'ignored', reason: 'schemaType', requestId: requestIdOf(record), time: received };
  }
  if (record.schemaType === undefined && OWN_LINES.some((member) => Object.hasOwn(record, member))) {
    return { kind: 'ignored', reason: 'meterOutput', requestId: requestIdOf(record), time: received };
  }
  try {
    return callOf(record, received, eventId);
  } catch (error) {
    const reason = error instanceof MalformedRecord ? error.message : 'unreadable';
    return { kind: 'malformed', reason, requestId: requestIdOf(record), time: eventTime(record.timestamp) ?? received };
  }
}

function callOf(record: Json, received: number | undefined, eventId: string | undefined): Call {
  const modelId = required(record.modelId, 'modelId');
  const region = required(record.region, 'region');
  const flags: string[] = [];
  const time = timeOf(record, received, flags);
  const requestId = requestIdOf(record);
  if (requestId === undefined) {
    flags.push('noRequestId');
  }
  const envelope = envelopeOf(record);
  const { inputBody, outputBody } = envelope;
  const facts = inputBody === undefined && outputBody === undefined ? undefined : bodyFacts(inputBody, outputBody, flags);
  const consumed = recordUsage(envelope, flags);
  const billedByGuardrail = guardrailUnits(outputBody, flags);
  if (facts?.guardrail === 'INTERVENED' && billedByGuardrail === undefined) {
    flags.push('guardrailUnitsUnknown');
  }
  const { tier, requestedTier } = tierOf(record, inputBody, outputBody, flags);
  return {
    kind: 'call',
    requestId,
    eventId: requestId === undefined ? readText(eventId) : undefined,
    time,
    accountId: readText(record.accountId),
    region,
    inferenceRegion: readText(record.inferenceRegion),
    modelId,
    operation: readText(record.operation),
    caller: readText(readObject(record.identity)?.arn),
    errorCode: readText(record.errorCode),
    usage: consumed?.usage,
    lacksOutput: consumed?.lacksOutput,
    embedded: inputBody === undefined ? undefined : embeddedPart(inputBody),
    inputHoldsCached: consumed?.inputHoldsCached,
    guardrailUnits: billedByGuardrail,
    tier,
    requestedTier,
    invokedModel: invokedModel(outputBody),
    metadata: readObject(record.requestMetadata),
    facts,
    flags,
    inputBody,
  };
}

function required(value: unknown, member: string): string {
  const text = readText(value);
  if (text === undefined) {
    throw new MalformedRecord(`${member} is missing`);
  }
  return text;
}

/** The time of the call or, flagged, the time at which its record was received. */
function timeOf(record: Json, received: number | undefined, flags: string[]): number {
  const time = eventTime(record.timestamp);
  if (time !== undefined) {
    return time;
  }
  if (received === undefined) {
    throw new MalformedRecord('timestamp is not an ISO 8601 time');
  }
  flags.push('timeOfReceipt');
  return received;
}

function envelopeOf(record: Json): Envelope {
  const input = readObject(record.input);
  const output = readObject(record.output);
  return { input, output, inputBody: bodyOf(input?.inputBodyJson), outputBody: bodyOf(output?.outputBodyJson) };
}

/** A body is JSON. Text is the answer of a model or the prompt of a caller, who could write anything: it is never read as JSON. */
const bodyOf = (body: unknown): unknown => (typeof body === 'object' ? (body ?? undefined) : undefined);

/** Undefined for masked ids (`****`, `<redacted>`), which many calls share, and for texts too long to be one. */
function requestIdOf(record: Json): string | undefined {
  const id = record.requestId;
  return typeof id === 'string' && id.length <= 128 && id.charCodeAt(0) > 47 && id.charCodeAt(0) !== 60 ? id : undefined;
}
