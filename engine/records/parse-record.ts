import { MalformedRecord, type Call, type UnusableRecord } from './call';
import { bodyFacts } from './body-facts';
import { eventTime } from './event-time';
import { isObject, readText, type Json } from './json';
import { tierOf } from './tier';
import { usageOf } from './record-usage';

const SCHEMA = 'ModelInvocationLog';
const NO_FLAGS: readonly string[] = [];

/** What Bedrock writes to a destination when logging is switched on. */
const PERMISSION_CHECK = 'Permissions are correctly set';

/**
 * Reads one invocation log record. Never throws, whatever the message holds.
 *
 * @param message the log event, or one line of an exported log
 * @param received when the log event was received, in milliseconds: the event time of records whose own is unreadable
 */
export function parseRecord(message: string, received?: number): Call | UnusableRecord {
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
  try {
    return callOf(record, received);
  } catch (error) {
    const reason = error instanceof MalformedRecord ? error.message : 'unreadable';
    return { kind: 'malformed', reason, requestId: requestIdOf(record), time: eventTime(record.timestamp) ?? received };
  }
}

function callOf(record: Json, received: number | undefined): Call {
  const modelId = readText(record.modelId);
  if (modelId === undefined) {
    throw new MalformedRecord('modelId is missing');
  }
  const region = readText(record.region);
  if (region === undefined) {
    throw new MalformedRecord('region is missing');
  }
  const requestId = requestIdOf(record);
  const own = eventTime(record.timestamp);
  const time = own ?? received;
  if (time === undefined) {
    throw new MalformedRecord('timestamp is not an ISO 8601 time');
  }
  let flags: string[] | undefined;
  if (own === undefined || requestId === undefined) {
    flags = [...(own === undefined ? ['timeOfReceipt'] : []), ...(requestId === undefined ? ['noRequestId'] : [])];
  }
  const input = isObject(record.input) ? record.input : undefined;
  const output = isObject(record.output) ? record.output : undefined;
  const identity = isObject(record.identity) ? record.identity : undefined;
  const inputBody = bodyOf(input?.inputBodyJson);
  const outputBody = bodyOf(output?.outputBodyJson);
  const hasBody = inputBody !== undefined || outputBody !== undefined;
  const facts = hasBody ? bodyFacts(inputBody, outputBody) : undefined;
  const noted = flags ?? (hasBody || record.performanceConfig !== undefined ? [] : undefined);
  const tier = noted ? tierOf(record, inputBody, outputBody, facts, noted) : 'standard';
  const scratch = noted ?? [];
  return {
    kind: 'call',
    requestId,
    time,
    accountId: readText(record.accountId),
    region,
    inferenceRegion: readText(record.inferenceRegion),
    modelId,
    operation: readText(record.operation),
    caller: readText(identity?.arn),
    errorCode: readText(record.errorCode),
    usage: usageOf({ input, output, inputBody, outputBody }, modelId, scratch),
    tier,
    metadata: isObject(record.requestMetadata) ? record.requestMetadata : undefined,
    facts,
    flags: scratch.length > 0 ? scratch : NO_FLAGS,
    inputBody,
  };
}

/** Bodies have been seen as strings of JSON; null and text that is no JSON count as no body. */
function bodyOf(body: unknown): unknown {
  if (typeof body !== 'string') {
    return body ?? undefined;
  }
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' ? (parsed ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

/** Masked ids (`****`, `<redacted>`) tell nothing apart. */
function requestIdOf(record: Json): string | undefined {
  const id = record.requestId;
  return typeof id === 'string' && id.length <= 128 && id.charCodeAt(0) > 47 && id.charCodeAt(0) !== 60 ? id : undefined;
}
