import type { Raw } from '../fixtures/invocation-records';
import { eachLine, json, RECEIVED, type RecordWriter, SHIPPERS } from './shipper-writers';

const OTEL = 'logs of OpenTelemetry';
const SECONDS = `${RECEIVED / 1000}.000000000`;

const parsed = (record: string) => JSON.parse(record) as Raw;

/** Writes a value in a notation: what is around lists and members, names, texts and constants. */
interface Notation {
  readonly member: (name: string, value: string) => string;
  readonly text: (text: string) => string;
  readonly constants: Readonly<Record<string, string>>;
}

function written(value: unknown, notation: Notation): string {
  if (Array.isArray(value)) return `[${value.map((each) => written(each, notation)).join(', ')}]`;
  if (typeof value === 'string') return notation.text(value);
  if (typeof value !== 'object' || value === null) return notation.constants[String(value)] ?? String(value);
  return `{${Object.entries(value)
    .map(([name, each]) => notation.member(notation.text(name), written(each, notation)))
    .join(', ')}}`;
}

/** Ruby, and Fluent Bit. */
const ruby = (value: unknown) => written(value, { member: (name, each) => `${name}=>${each}`, text: json, constants: { null: 'nil' } });

const SINGLE_QUOTED = /[\\'\n\r\t\0]/g;
const PYTHON_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\x00' };

const python = (value: unknown) =>
  written(value, {
    member: (name, each) => `${name}: ${each}`,
    text: (text) =>
      text.includes("'") && !text.includes('"')
        ? `"${text.replace(SINGLE_QUOTED, (found) => (found === "'" ? found : PYTHON_ESCAPES[found]!))}"`
        : `'${text.replace(SINGLE_QUOTED, (found) => PYTHON_ESCAPES[found]!)}'`,
    constants: { null: 'None', true: 'True', false: 'False' },
  }).replace(/\p{Surrogate}/gu, (found) => `\\u${found.charCodeAt(0).toString(16)}`);

function anyValue(value: unknown): unknown {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: Object.entries(value as object).map(([key, each]) => ({ key, value: anyValue(each) })) } };
}

function dynamo(value: unknown): unknown {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number') return { N: String(value) };
  if (Array.isArray(value)) return { L: value.map(dynamo) };
  return { M: Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, dynamo(each)])) };
}

function mongo(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { $numberLong: String(value) } : { $numberDouble: String(value) };
  if (Array.isArray(value)) return value.map(mongo);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mongo(each)]));
}

const logRecords = (bodies: readonly unknown[]) => ({
  resourceLogs: [
    { resource: {}, scopeLogs: [{ scope: {}, logRecords: bodies.map((body) => ({ timeUnixNano: `${RECEIVED}000000`, body })) }] },
  ],
});

/** As Athena and Glue name columns and what is in them. */
const lowerCase = ({ input, output, identity, ...more }: Raw): Raw => {
  const lower = (members: object) =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  const inside = Object.entries({ input, output, identity }).filter(([, each]) => each !== undefined);
  return { ...lower(more), ...Object.fromEntries(inside.map(([name, each]) => [name, lower(each as object)])) };
};

/** As the AWS CLI writes scalars: folded at a single blank between words, after 80 characters. */
function folded(text: string, blanks: string): string {
  let width = 0;
  return text
    .replaceAll("'", "''")
    .split(/(?<=[^ ]) (?=[^ ])/)
    .map((word, n) => {
      const isNext = n > 0 && width > 80;
      width = isNext ? word.length : width + word.length;
      return n === 0 ? word : isNext ? `\n${blanks}${word}` : ` ${word}`;
    })
    .join('');
}

const ascii = (record: string) => record.replace(/[^\x20-\x7e]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);

const WRITERS: ReadonlyArray<Omit<RecordWriter, 'undamaged' | 'whole'>> = [
  { name: 'Fluent Bit, on stdout', write: eachLine((log, n) => `[${n}] calls: [[${SECONDS}, {}], {"log"=>"${log}"}]`) },
  {
    name: 'Fluent Bit, on stdout, with other members',
    write: eachLine((log, n) => `[${n}] calls.a: [[${SECONDS}, {"a"=>1}], {"stream"=>"stdout", "n"=>1, "log"=>"${log}", "file"=>"/a"}]`),
  },
  { name: 'Fluent Bit before 2.1, on stdout', write: eachLine((log, n) => `[${n}] calls: [${SECONDS}, {"log"=>"${log}"}]`) },
  { name: 'Fluent Bit, on stdout, escaped', write: eachLine((log, n) => `[${n}] calls: [[${SECONDS}, {}], {"log"=>${json(log)}}]`) },
  { name: 'Fluent Bit, on stdout, parsed', write: eachLine((record, n) => `[${n}] calls: [[${SECONDS}, {}], ${ruby(parsed(record))}]`) },
  {
    name: 'Fluent Bit before 2.1, on stdout, parsed',
    write: eachLine((record, n) => `[${n}] calls: [${SECONDS}, ${ruby(parsed(record))}]`),
  },
  { name: 'Fluent Bit, on stdout, as JSON', write: eachLine((record, n) => `[${n}] calls: [[${SECONDS}, {}], ${json({ log: record })}]`) },
  {
    name: 'Logstash, on stdout',
    write: eachLine(
      (message) => `{\n    "@timestamp" => 2026-11-20T11:00:00.000Z,\n       "message" => ${json(message)},\n          "tags" => nil\n}`,
    ),
  },
  {
    name: 'OpenTelemetry, in members',
    form: OTEL,
    write: (records) => json(logRecords(records.map((record) => anyValue(parsed(record))))),
  },
  {
    name: 'OpenTelemetry, in members, one a line',
    form: OTEL,
    write: eachLine((record) => json(logRecords([anyValue(parsed(record))]))),
  },
  {
    name: 'OpenTelemetry, in bytes',
    form: OTEL,
    write: (records) => json(logRecords(records.map((record) => ({ bytesValue: Buffer.from(record).toString('base64') })))),
  },
  {
    name: 'OpenTelemetry, in the spelling of Protocol Buffers',
    form: OTEL,
    write: (records) =>
      json({
        resource_logs: [
          { scope_logs: [{ log_records: records.map((text) => ({ time_unix_nano: `${RECEIVED}000000`, body: { string_value: text } })) }] },
        ],
      }),
  },
  {
    name: 'the debug exporter of OpenTelemetry',
    write: eachLine((record, n) => `LogRecord #${n}\nTimestamp: 2026-11-20 11:00:00 +0000 UTC\nBody: Str(${record})\nTrace ID: \nFlags: 0`),
  },
  { name: 'Athena, to JSON', write: eachLine((record) => json({ ...lowerCase(parsed(record)), schemaversion: null })) },
  {
    name: 'filter-log-events --output yaml',
    write: (records) =>
      `events:\n${records
        .map((record, id) => `- eventId: '${id}'\n  message: '${folded(record, '    ')}'\n  timestamp: ${RECEIVED}`)
        .join('\n')}\nsearchedLogStreams: []`,
  },
  {
    name: 'filter-log-events --output yaml-stream',
    write: (records) => `- events:\n${records.map((record) => `  - eventId: '1'\n    message: ${json(ascii(record))}`).join('\n')}`,
  },
  {
    name: 'get-query-results --output text',
    write: (records) =>
      ['CWLI\tComplete', ...records.map((record) => `RESULTS\t@timestamp\t2026-11-20 11:00:00.000\nRESULTS\t@message\t${record}`)].join(
        '\n',
      ),
  },
  {
    name: 'get-query-results --output table',
    write: (records) =>
      `-----\n|  GetQueryResults  |\n+----+\n||  results  ||\n${records
        .map((record) => `|+---+---+|\n||  field  |  value  ||\n||  @message  |  ${record}  ||`)
        .join('\n')}\n|+---+---+|`,
  },
  {
    name: 'get-records --output text',
    write: eachLine((record) => `RECORDS\t2026-11-20T11:00:00Z\t${Buffer.from(record).toString('base64')}\ta\t1`),
  },
  { name: 'an export of DynamoDB', write: eachLine((record) => json({ Item: (dynamo(parsed(record)) as { M: unknown }).M })) },
  { name: 'MongoDB', write: eachLine((record) => json({ _id: { $oid: 'a' }, ...(mongo(parsed(record)) as object) })) },
  { name: 'Python', write: eachLine((record) => python(parsed(record))) },
  {
    name: 'Python, with events',
    write: (records) => python({ events: records.map((message) => ({ message, timestamp: RECEIVED })), nextToken: null }),
  },
  { name: 'JSON texts of JSON texts', write: eachLine((record) => json(json(json(record)))) },
  { name: 'the JSON text of an array', write: (records) => json(`[${records.join(', ')}]`) },
  {
    name: 'colours of jq',
    write: eachLine((record) => `\u001b[1;39m${record.replace('{', '{\u001b[0m\u001b[34;1m')}\u001b[0m`),
    indented: true,
  },
  { name: 'JSON text sequences', write: (records) => records.map((record) => `\u001e${record}\n`).join(''), indented: true },
  { name: 'separated by zero bytes', write: (records) => records.join('\0') },
  { name: 'Markdown', write: eachLine((record) => `\`\`\`json\n${record}\n\`\`\``), indented: true },
  {
    name: 'Splunk, to XML',
    write: eachLine(
      (record) =>
        `<result>\n<field k='_raw'><v>${record.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}</v></field>\n</result>`,
    ),
  },
  {
    name: 'CSV of Excel',
    write: (records) => ['sep=;', 'Time;Message', ...records.map((record) => `x;"${record.replaceAll('"', '""')}"`)].join('\r\n'),
  },
  {
    name: 'CSV of Grafana',
    form: SHIPPERS,
    write: (records) => ['"labels","Line"', ...records.map((record) => `"{""app"":""a""}","${record.replaceAll('"', '""')}"`)].join('\n'),
  },
  {
    name: 'OpenSearch, with the record beside its members',
    form: SHIPPERS,
    write: eachLine((record) => json({ _index: 'a', _source: { '@message': record, '@owner': 'a', ...parsed(record) } })),
  },
];

/** Notations other than JSON, and colours, in which tools print records. */
export const NOTATION_WRITERS: readonly RecordWriter[] = WRITERS.map((writer) => ({ ...writer, undamaged: true, whole: true }));
