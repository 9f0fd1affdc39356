import { gzipSync } from 'node:zlib';
/** Writes texts of records as one form holds them. */
export interface RecordWriter {
  readonly name: string;
  /** Which row of record-forms.ts reads it, if one does. */
  readonly form?: string;
  readonly write: (records: readonly string[]) => string;
  /** Whether the records are indented over many lines. */
  readonly indented?: boolean;
  /** Left out of the tests of damage: it has the shape of another form, or damage costs more in it. */
  readonly undamaged?: boolean;
  /** Whether a line is read as a whole, however long it is. */
  readonly whole?: boolean;
}

export const RECEIVED = Date.parse('2026-11-20T11:00:00Z');
export const INSIGHTS = 'the results of Logs Insights';
export const SHIPPERS = 'documents of OpenSearch, events of Splunk, lines of Fluent Bit, Docker and Loki';

export const json = (value: unknown, indent?: number) => JSON.stringify(value, undefined, indent);
export const eachLine = (line: (record: string, index: number) => string) => (records: readonly string[]) => records.map(line).join('\n');

/** What shippers, and other clouds, put around records. */
export const SHIPPER_WRITERS: readonly RecordWriter[] = [
  {
    name: 'OpenSearch, in bulk',
    undamaged: true,
    write: (records) => records.map((record) => `{"index":{"_index":"calls","_id":"1"}}\n${record}\n`).join(''),
  },
  {
    name: 'Filebeat and Logstash',
    undamaged: true,
    form: SHIPPERS,
    write: eachLine((message) =>
      json({
        '@timestamp': '2026-11-20T11:00:00.000Z',
        message,
        log: { offset: 1, file: { path: '/a' } },
        input: { type: 'aws-cloudwatch' },
      }),
    ),
  },
  {
    name: 'Filebeat, decoded',
    undamaged: true,
    write: eachLine(
      (record) => `{"@timestamp":"2026-11-20T11:00:00Z","log":{"file":{"path":"/a"}},"message":"a text","bedrock":${record}}`,
    ),
  },
  { name: 'Fluentd', undamaged: true, write: eachLine((record) => `2026-11-20T11:00:00+00:00\tbedrock.calls\t${record}`) },
  { name: 'Fluent Bit, as an array', undamaged: true, write: eachLine((log) => `[1795172400.123456789, ${json({ log })}]`) },
  { name: 'Fluent Bit, to S3', undamaged: true, form: SHIPPERS, write: eachLine((log) => json({ date: 1795172400.123, log })) },
  {
    name: 'Vector',
    undamaged: true,
    write: eachLine((message) => json({ host: 'a', message, source_type: 'aws_s3', timestamp: '2026-11-20T11:00:00Z' })),
  },
  {
    name: 'pushes to Loki',
    undamaged: true,
    write: (records) => json({ streams: [{ stream: { app: 'a' }, values: records.map((record) => [`${RECEIVED}000000`, record]) }] }),
  },
  {
    name: 'answers of Loki',
    undamaged: true,
    write: (records) =>
      json({
        status: 'success',
        data: {
          resultType: 'streams',
          result: [{ stream: {}, values: records.map((record) => [`${RECEIVED}000000`, record]) }],
          stats: { a: { b: 1 } },
        },
      }),
  },
  {
    name: 'journald, as bytes',
    undamaged: true,
    write: eachLine((record) => json({ __CURSOR: 's=1', PRIORITY: '6', MESSAGE: [...Buffer.from(record)] })),
  },
  { name: 'events that Node.js wrote', undamaged: true, write: eachLine((record) => json({ id: 1, data: gzipSync(record) })) },
  { name: 'Splunk, by HTTP', undamaged: true, write: eachLine((record) => `{"time":1795172400,"sourcetype":"a","event":${record}}`) },
  { name: 'Datadog', undamaged: true, write: eachLine((message) => json({ id: 'a', content: { service: 'a', message, tags: ['a'] } })) },
  {
    name: 'Google Cloud',
    undamaged: true,
    write: eachLine((record) => `{"insertId":"1","jsonPayload":${record},"timestamp":"2026-11-20T11:00:00Z"}`),
  },
  {
    name: 'get-log-record',
    undamaged: true,
    form: INSIGHTS,
    write: (records) =>
      records
        .map((record) =>
          json({ logRecord: { '@message': record, '@timestamp': `${RECEIVED}`, modelId: 'a', 'input.inputTokenCount': '1' } }, 4),
        )
        .join('\n'),
  },
  {
    name: 'Insights, as JSON with columns of records',
    undamaged: true,
    form: INSIGHTS,
    write: (records) =>
      `[${records
        .map((record) => `{"@message":${record},"modelId":"a","region":"us-east-1","timestamp":"2026-11-20T11:00:00Z"}`)
        .join(',\n')}]`,
    indented: true,
  },
];
