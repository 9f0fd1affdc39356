import { isObject, type Json } from '../../engine/records/json';
import { timeOf } from './time';

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
    lists: ['resourceLogs', 'scopeLogs', 'logRecords'],
    record: ['body.stringValue'],
    received: ['timeUnixNano', 'observedTimeUnixNano'],
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

/** Lines that tools of AWS write beside the records. */
export const BESIDE_RECORDS: readonly RegExp[] = [
  // aws logs … --output text
  /^(?:SEARCHEDLOGSTREAMS|STATISTICS|RESULTS|QUERYLANGUAGE|NEXTTOKEN)\t/,
  /^[bf]\/\d+(?:\/s)?(?:\t|$)/,
  /^(?:CWLI\t)?(?:Complete|Running|None)$/,
  // Logs Insights, copied as Markdown
  /^\|(?:\s*@?\w+\s*\|)+$/,
  /^\|(?:\s*:?-+:?\s*\|)+$/,
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

/** Objects within objects that are searched where no form is known. */
const MAX_DEPTH = 4;

export const isListMember = (member: string): boolean => LISTS.has(member);

export const isRecordColumn = (column: string): boolean => RECORD_COLUMNS.has(column);

export const looksLikeRecord = (value: unknown): value is Json =>
  isObject(value) && MEMBERS_OF_RECORDS.some((member) => Object.hasOwn(value, member));

/** The records that a JSON value is around; undefined if it is a record itself or has none. */
export function recordsAround(value: unknown): readonly WrappedRecord[] | undefined {
  if (typeof value === 'string') return [{ record: value }];
  if (looksLikeRecord(value)) return undefined;
  const inForm = inKnownForm(isRowOfInsights(value) ? objectOf(value) : value);
  if (inForm) return [inForm];
  const found = [...search(value, MAX_DEPTH)];
  return found.length > 0 || (Array.isArray(value) && value.length === 0) ? found : undefined;
}

function inKnownForm(value: unknown): WrappedRecord | undefined {
  for (const { record: paths, received = [] } of RECORD_FORMS) {
    const record = paths.map((path) => memberAt(value, path)).find(canHoldRecord);
    if (record !== undefined) return { record, received: received.map((path) => timeOf(memberAt(value, path))).find(Boolean) };
  }
  return undefined;
}

/** The own member at a path of names: names that every object inherits are no members. */
function memberAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined), value);
}

const canHoldRecord = (value: unknown): boolean => (typeof value === 'string' && value !== '') || isObject(value);

/** The records in members and elements of any name. */
function* search(value: unknown, depth: number): Generator<WrappedRecord> {
  if (looksLikeRecord(value) || (typeof value === 'string' && HOLDS_JSON.test(value))) yield { record: value };
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
