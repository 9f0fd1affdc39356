import type { Call } from '../../engine/records/call';
import { isObject, type Json } from '../../engine/records/json';
import { isStructured } from './any-value';
import { isInLowerCase } from './lower-case';
import { isBytes } from './text-of-record';
import { timeOf } from './time';
import { hasTypedMembers } from './typed-members';

/** What one form puts around records. */
export interface RecordForm {
  /** As docs/command-line.md names it. */
  readonly name: string;
  /** Members that hold a list of such values, or another such member. They are read value by value, however many there are. */
  readonly lists?: readonly string[];
  /** Where in a value its record is, as text or as JSON. */
  readonly record: readonly string[];
  /** Where in a value the time is at which CloudWatch Logs received the record. */
  readonly received?: readonly string[];
}

/** Every form in which JSON or CSV holds records, tried in this order. A new form is a new row. */
export const RECORD_FORMS: readonly RecordForm[] = [
  {
    name: 'the events of `aws logs filter-log-events` and `get-log-events`',
    lists: ['events'],
    record: ['message'],
    received: ['timestamp', 'ingestionTime'],
  },
  { name: 'CloudWatch Logs subscriptions', lists: ['logEvents'], record: ['awslogs.data'] },
  {
    name: 'the results of Logs Insights',
    lists: ['results'],
    record: ['@message'],
    received: ['@timestamp', '@ingestionTime'],
  },
  {
    name: 'logs of OpenTelemetry',
    lists: ['resourceLogs', 'scopeLogs', 'logRecords', 'resource_logs', 'scope_logs', 'log_records'],
    record: ['body.stringValue', 'body.string_value', 'body.bytesValue', 'body.bytes_value', 'body'],
    received: ['timeUnixNano', 'observedTimeUnixNano', 'time_unix_nano', 'observed_time_unix_nano'],
  },
  {
    name: 'events of Kinesis, Firehose, SQS and SNS',
    lists: ['Records', 'records', 'Messages'],
    record: ['kinesis.data', 'Data', 'data', 'body', 'Body', 'Sns.Message', 'Message'],
  },
  {
    name: 'documents of OpenSearch, events of Splunk, lines of Fluent Bit, Docker and Loki',
    lists: ['hits'],
    record: ['_source', 'result._raw', '_raw', 'log', 'line'],
    received: ['time', '@timestamp'],
  },
];

/** What CloudWatch Logs sends to find out whether a destination can be reached. */
export const CONTROL_MESSAGE = 'CWL CONTROL MESSAGE';

/** A record that something is around: its text or JSON, and when it was received, in milliseconds, where that is known. */
export interface WrappedRecord {
  readonly record: unknown;
  readonly received?: number;
}

const LISTS: ReadonlySet<string> = new Set(RECORD_FORMS.flatMap(({ lists = [] }) => lists));
const RECORD_COLUMNS: ReadonlySet<string> = new Set(RECORD_FORMS.flatMap(({ record }) => record));

/** Members of a record itself. What is in an object with one of them is never searched: callers write what is in prompts. */
const MEMBERS_OF_RECORDS = ['schemaType', 'modelId', 'input', 'output'];

/** Objects within objects that are searched where no form is known. The answers of Loki have records in the sixth. */
const MAX_DEPTH = 8;

/** The column of Logs Insights with the record. Other columns can have the names of its members. */
const MESSAGE_COLUMN = '@message';

/** Objects with one of these members and no other are beside records: actions of bulk requests, and the answer of start-query. */
const BESIDE = ['index', 'create', 'update', 'delete', 'queryId'];

export const isListMember = (member: string): boolean => LISTS.has(member);

/** Names of columns that hold parts of records, where none has the whole. */
const PARTS_OF_RECORDS = ['modelid', 'schematype', 'requestid'];

/** Whether columns are members of records: the answer of a query that took them apart. */
export const areParts = (columns: readonly string[]): boolean =>
  !columns.some(isRecordColumn) && columns.some((column) => PARTS_OF_RECORDS.includes(column.toLowerCase()));

/** Tools begin the names of columns with a capital or not. */
export const isRecordColumn = (column: string): boolean => RECORD_COLUMNS.has(column) || RECORD_COLUMNS.has(column.toLowerCase());

export const looksLikeRecord = (value: unknown): value is Json =>
  isObject(value) && MEMBERS_OF_RECORDS.some((member) => Object.hasOwn(value, member)) && !Object.hasOwn(value, MESSAGE_COLUMN);

/** Whether the text of what was read as a call may be a row of Logs Insights that has the record in a column. */
export const canBeRow = ({ usage }: Call, text: string): boolean => usage === undefined && text.includes(`"${MESSAGE_COLUMN}"`);

/** The records that a JSON value is around; undefined if it is a record itself or has none. */
export function recordsAround(value: unknown): readonly WrappedRecord[] | undefined {
  if (typeof value === 'string') return [{ record: value }];
  if (hasTypedMembers(value) || isInLowerCase(value)) return [{ record: value }];
  // Shippers have members with the names of ours, but no record has a text with JSON where they have it.
  if (looksLikeRecord(value) && !inKnownForm(value, isJsonText)) return undefined;
  if (isBeside(value)) return [];
  const row = isRowOfInsights(value) ? objectOf(value) : value;
  const inForm = inKnownForm(row, holdsRecord);
  if (inForm) return [inForm];
  const found = [...search(value, MAX_DEPTH)];
  if (found.length > 0) return found;
  const text = inKnownForm(row, isText);
  return text ? [text] : Array.isArray(value) && value.length === 0 ? [] : undefined;
}

function inKnownForm(value: unknown, canBeRecord: (found: unknown) => boolean): WrappedRecord | undefined {
  for (const { record: paths, received = [] } of RECORD_FORMS) {
    const record = paths.map((path) => memberAt(value, path)).find(canBeRecord);
    if (record !== undefined) return { record, received: received.map((path) => timeOf(memberAt(value, path))).find(Boolean) };
  }
  return undefined;
}

function isBeside(value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  return (names.length === 1 && BESIDE.includes(names[0]!)) || isDropped(value);
}

/** The own member at a path of names: names that every object inherits are no members. */
function memberAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined), value);
}

/** What a transformation of Firehose left out. */
const isDropped = ({ recordId, data, result }: Json): boolean => isText(recordId) && isText(result) && !isText(data);

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isJsonText = (value: unknown): boolean => typeof value === 'string' && HOLDS_JSON.test(value);
const holdsRecord = (value: unknown): boolean =>
  looksLikeRecord(value) || isInLowerCase(value) || isJsonText(value) || isStructured(value) || isBytes(value);

/** The records in members and elements of any name. */
function* search(value: unknown, depth: number): Generator<WrappedRecord> {
  const found = holdsRecord(value) ? { record: value } : inKnownForm(value, holdsRecord);
  if (found) yield found;
  else if (typeof value === 'object' && value !== null && depth > 0) {
    for (const each of Object.values(value)) yield* search(each, depth - 1);
  }
}

/** A text with an object in it, or such a text in Base64, compressed or not. */
const HOLDS_JSON = /\{\s*\\*"|^(?:H4sI|eyJ)/;

type InsightsRow = ReadonlyArray<{ readonly field: string; readonly value?: unknown }>;

/** A row of `aws logs get-query-results`, each column of which is an object. */
const isRowOfInsights = (value: unknown): value is InsightsRow =>
  Array.isArray(value) && value.length > 0 && value.every((cell) => isObject(cell) && typeof cell.field === 'string');

const objectOf = (row: InsightsRow): Json => Object.fromEntries(row.map(({ field, value }) => [field, value]));
