import { gzipSync } from 'node:zlib';
import { NOTATION_WRITERS } from './notation-writers';
import { eachLine, INSIGHTS, json, RECEIVED, type RecordWriter, SHIPPER_WRITERS, SHIPPERS } from './shipper-writers';

const event = (message: string, id: number) => ({
  logStreamName: 'aws/bedrock/modelinvocations',
  timestamp: RECEIVED,
  message,
  ingestionTime: RECEIVED + 1000,
  eventId: String(id),
});
const dataMessage = (records: readonly string[]) => ({
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: '/aws/bedrock/modelinvocations',
  logStream: 'aws/bedrock/modelinvocations',
  subscriptionFilters: ['meter'],
  logEvents: records.map((message, id) => ({ id: String(id), timestamp: RECEIVED, message })),
});
const subscription = (records: readonly string[]) => gzipSync(JSON.stringify(dataMessage(records))).toString('base64');
const csvCell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const indented = (records: readonly string[], blanks: string) =>
  records.map((record) => blanks + record.replaceAll('\n', `\n${blanks}`)).join(',\n');

const EVENTS = 'the events of `aws logs filter-log-events` and `get-log-events`';
const SUBSCRIPTIONS = 'CloudWatch Logs subscriptions';
const QUEUES = 'events of Kinesis, Firehose, SQS and SNS';

/** Every form, as AWS and shippers of logs write it. */
export const WRITERS: readonly RecordWriter[] = [
  { name: 'one a line', write: eachLine((record) => record) },
  { name: 'one a line, with line ends of Windows', write: (records) => records.map((record) => `${record}\r\n`).join('') },
  { name: 'joined, as Firehose does', write: (records) => records.join('') },
  { name: 'joined by tabs', write: (records) => records.join('\t') },
  { name: 'one a line, with commas', write: (records) => records.join(',\n') },
  { name: 'an array', write: (records) => `[${records.join(',')}]` },
  { name: 'an array with one a line', write: (records) => `[\n${records.join(',\n')}\n]\n` },
  { name: 'indented', write: (records) => records.join('\n'), indented: true },
  {
    name: 'copied from the console',
    undamaged: true,
    write: eachLine((record) => `2026-11-20T11:00:00.000Z\n${record}`),
    indented: true,
  },
  { name: 'indented and joined', write: (records) => records.join(''), indented: true },
  { name: 'an indented array', write: (records) => `[\n${indented(records, '    ')}\n]`, indented: true },
  { name: 'arrays, joined', undamaged: true, write: (records) => records.map((record) => `[${record}]`).join('') },
  { name: 'arrays of arrays', write: (records) => `[[${records.join(',')}],[]]` },
  { name: 'an export', write: eachLine((record) => `2026-11-20T11:00:00.000Z ${record}`) },
  { name: 'tail', write: eachLine((record) => `2026-11-20T11:00:00.000000+00:00 aws/bedrock/modelinvocations ${record}`) },
  { name: 'tail --format short', write: eachLine((record) => `2026-11-20T11:00:00 ${record}`) },
  {
    name: 'tail --format json',
    write: eachLine((record) => `2026-11-20T11:00:00 aws/bedrock/modelinvocations ${record}`),
    indented: true,
  },
  {
    name: 'filter-log-events --output text',
    write: (records) =>
      [
        ...records.map((record, id) => ['EVENTS', id, RECEIVED + 1000, 'aws/bedrock/modelinvocations', record, RECEIVED].join('\t')),
        'SEARCHEDLOGSTREAMS\tTrue\taws/bedrock/modelinvocations',
      ].join('\n'),
  },
  {
    name: 'get-log-events --output text',
    write: (records) =>
      ['b/311326/s\tf/311327/s', ...records.map((record) => ['EVENTS', RECEIVED + 1000, record, RECEIVED].join('\t'))].join('\n'),
  },
  { name: 'lines of syslog', write: eachLine((record) => `<134>1 2026-11-20T11:00:00.000Z host app - - - ${record}`) },
  { name: 'lines of a CRI container', write: eachLine((record) => `2026-11-20T11:00:00.000000001Z stdout F ${record}`) },
  { name: 'texts in quotes', write: eachLine((record) => `level=info msg=${json(record)}`) },
  { name: 'JSON texts', write: eachLine((record) => json(record)) },
  { name: 'an array of JSON texts', write: (records) => json(records, 2) },
  { name: 'filter-log-events', form: EVENTS, write: (records) => json({ events: records.map(event), searchedLogStreams: [{ a: 1 }] }) },
  {
    name: 'filter-log-events, indented',
    form: EVENTS,
    write: (records) => json({ events: records.map(event), searchedLogStreams: [], nextToken: '{"' }, 4),
  },
  {
    name: 'get-log-events',
    form: EVENTS,
    write: (records) =>
      json(
        {
          nextForwardToken: 'f/3',
          events: records.map((message) => ({ timestamp: RECEIVED, message, ingestionTime: RECEIVED })),
          nextBackwardToken: 'b/3',
        },
        4,
      ),
  },
  { name: "jq -c '.events[]'", form: EVENTS, write: eachLine((record, id) => json(event(record, id))) },
  { name: "jq '.events[]'", form: EVENTS, write: eachLine((record, id) => json(event(record, id), 2)) },
  {
    name: '--query events[].[timestamp,message]',
    form: EVENTS,
    write: (records) =>
      json(
        records.map((record) => [RECEIVED, record]),
        4,
      ),
  },
  { name: 'a subscription', form: SUBSCRIPTIONS, write: (records) => json(dataMessage(records)) },
  {
    name: 'subscriptions, joined',
    form: SUBSCRIPTIONS,
    write: (records) =>
      [{ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL CONTROL MESSAGE: Checking health of destination.' }] }]
        .map((message) => json(message))
        .concat(records.map((record) => json(dataMessage([record]))))
        .join(''),
  },
  {
    name: 'subscriptions in Base64',
    undamaged: true,
    form: SUBSCRIPTIONS,
    write: (records) => records.map((record) => subscription([record])).join('\t'),
  },
  { name: 'an event of Lambda', form: SUBSCRIPTIONS, write: (records) => json({ awslogs: { data: subscription(records) } }) },
  {
    name: 'an event of Kinesis',
    form: QUEUES,
    write: (records) => json({ Records: records.map((record) => ({ kinesis: { data: subscription([record]) }, eventID: '1' })) }),
  },
  {
    name: 'records of Kinesis',
    form: QUEUES,
    write: (records) =>
      json({ Records: records.map((record) => ({ SequenceNumber: '1', Data: Buffer.from(record).toString('base64') })) }, 4),
  },
  {
    name: 'an event of a Firehose transformation',
    form: QUEUES,
    write: (records) => json({ records: records.map((record) => ({ recordId: '1', data: subscription([record]) })) }),
  },
  {
    name: 'messages of a dead-letter queue',
    form: QUEUES,
    write: (records) => json({ Messages: records.map((record) => ({ Body: json({ awslogs: { data: subscription([record]) } }) })) }, 4),
  },
  {
    name: 'Insights, as CSV',
    form: INSIGHTS,
    write: (records) => ['@timestamp,@message', ...records.map((record) => `2026-11-20 11:00:00.000,${csvCell(record)}`)].join('\n'),
  },
  {
    name: 'Insights, as CSV with other columns',
    form: INSIGHTS,
    write: (records) =>
      ['@logStream,@message,@timestamp,@log', ...records.map((record) => `"a,b",${csvCell(record)},2026-11-20 11:00:00.000,x`)].join(
        '\r\n',
      ),
  },
  {
    name: 'CSV with other separators',
    undamaged: true,
    form: INSIGHTS,
    write: (records) => ['@timestamp|@message', ...records.map((record) => `2026-11-20 11:00:00.000|${csvCell(record)}`)].join('\n'),
  },
  { name: 'CSV without a head', write: eachLine((record) => `2026-11-20 11:00:00.000;${csvCell(record)}`) },
  { name: 'CSV over many lines', write: (records) => ['line', ...records.map(csvCell)].join('\n'), indented: true },
  {
    name: 'Insights, as Markdown',
    write: (records) =>
      ['| @timestamp | @message |', '| --- | --- |', ...records.map((record) => `| 2026-11-20 11:00:00.000 | ${record} |`)].join('\n'),
  },
  {
    name: 'Insights, as JSON',
    form: INSIGHTS,
    write: (records) => `[${records.map((record) => `{"@timestamp":"2026-11-20 11:00:00.000","@message":${record}}`).join(',\n')}]`,
    indented: true,
  },
  {
    name: 'get-query-results',
    form: INSIGHTS,
    write: (records) =>
      json(
        {
          queryLanguage: 'CWLI',
          results: records.map((value) => [
            { field: '@timestamp', value: '2026-11-20 11:00:00.000' },
            { field: '@message', value },
            { field: '@ptr', value: 'CmEK' },
          ]),
          statistics: { recordsMatched: 2 },
          status: 'Complete',
        },
        4,
      ),
  },
  {
    name: 'a search in OpenSearch',
    form: SHIPPERS,
    write: (records) =>
      `{"took":1,"hits":{"total":{"value":2},"hits":[${records.map((record) => `{"_id":"1","_source":${record}}`).join()}]}}`,
  },
  { name: 'Splunk', form: SHIPPERS, write: eachLine((record) => json({ preview: false, result: { _raw: record, _time: '1' } })) },
  {
    name: 'Docker',
    form: SHIPPERS,
    write: eachLine((record) => json({ log: `${record}\n`, stream: 'stdout', time: '2026-11-20T11:00:00Z' })),
  },
  {
    name: 'OpenTelemetry',
    form: 'logs of OpenTelemetry',
    write: (records) =>
      json({
        resourceLogs: [
          {
            resource: { attributes: [] },
            scopeLogs: [
              { scope: {}, logRecords: records.map((stringValue) => ({ timeUnixNano: `${RECEIVED}000000`, body: { stringValue } })) },
            ],
          },
        ],
      }),
  },
  ...SHIPPER_WRITERS,
  ...NOTATION_WRITERS,
  { name: 'JSON of no known form', write: eachLine((record) => `{"payload":{"list":[1,${record}],"text":"{"}}`) },
  { name: 'JSON of no known form, with texts', write: eachLine((record) => json({ a: { b: [{ c: record }] }, d: null })) },
];
