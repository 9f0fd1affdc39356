import type { Span } from '../../../engine/agents/span';
import { spansIn } from '../../../engine/agents/span-forms';
import { BEGIN, botocore, BOTOCORE, cloudWatchEvent, type Described, idOf, REQUEST, TRACE } from './spans';

type Raw = Record<string, unknown>;

const SENTINEL = 'please summarise the secret plan of Ann';

const CALL: Described = {
  id: 'call',
  parent: 'agent',
  scope: BOTOCORE,
  name: 'chat model',
  kind: 'CLIENT',
  at: 12,
  ms: 250,
  attributes: { ...botocore(REQUEST, 259, 148), 'session.id': 'session-7', 'gen_ai.agent.name': 'Trip Planner' },
};
const EVENT = cloudWatchEvent(CALL);
const [EXPECTED] = spansIn(EVENT).spans as [Span];

const resource = (EVENT.resource as { attributes: Raw }).attributes;
const attributes = EVENT.attributes as Raw;
const NANOS = { start: `${BEGIN + 12}000000`, end: `${BEGIN + 262}000000` };

const otlpValue = (value: unknown): Raw => (typeof value === 'number' ? { intValue: String(value) } : { stringValue: value });
const otlpList = (values: Raw): Raw[] => Object.entries(values).map(([key, value]) => ({ key, value: otlpValue(value) }));
const ids = { trace_id: `0x${TRACE}`, span_id: `0x${idOf('call')}` };

/** The same span in each form in which it is handed out. */
const FORMS: ReadonlyArray<readonly [name: string, value: unknown]> = [
  ['an event of aws/spans', EVENT],
  ['its text', JSON.stringify(EVENT)],
  ['events of aws logs filter-log-events', { events: [{ logStreamName: 'default', timestamp: BEGIN, message: JSON.stringify(EVENT) }] }],
  ['a subscription', { messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', timestamp: BEGIN, message: JSON.stringify(EVENT) }] }],
  ['results of Logs Insights with @message', { results: [[{ field: '@message', value: JSON.stringify(EVENT) }]], status: 'Complete' }],
  [
    'results of Logs Insights with columns',
    {
      results: [
        [
          ...Object.entries({ traceId: TRACE, spanId: idOf('call'), parentSpanId: idOf('agent'), name: 'chat model' }),
          ...Object.entries({ startTimeUnixNano: NANOS.start, durationNano: '250000000', 'scope.name': BOTOCORE, 'status.code': 'UNSET' }),
          ...Object.entries(attributes).map(([key, value]) => [`attributes.${key}`, value] as const),
          ...Object.entries(resource).map(([key, value]) => [`resource.attributes.${key}`, value] as const),
        ].map(([field, value]) => ({ field, value: String(value) })),
      ],
    },
  ],
  [
    'OTLP/JSON',
    {
      resourceSpans: [
        {
          resource: { attributes: otlpList(resource) },
          scopeSpans: [
            {
              scope: { name: BOTOCORE },
              spans: [
                {
                  ...{ traceId: TRACE, spanId: idOf('call'), parentSpanId: idOf('agent'), name: 'chat model', kind: 3, status: {} },
                  ...{ startTimeUnixNano: NANOS.start, endTimeUnixNano: NANOS.end, attributes: otlpList(attributes) },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  [
    'OTLP in snake case, ids in Base64',
    {
      resource_spans: [
        {
          resource: { attributes: otlpList(resource) },
          scope_spans: [
            {
              scope: { name: BOTOCORE },
              spans: [
                {
                  trace_id: Buffer.from(TRACE, 'hex').toString('base64'),
                  span_id: Buffer.from(idOf('call'), 'hex').toString('base64'),
                  parent_span_id: Buffer.from(idOf('agent'), 'hex').toString('base64'),
                  ...{ name: 'chat model', start_time_unix_nano: NANOS.start, end_time_unix_nano: NANOS.end },
                  attributes: otlpList(attributes),
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  [
    'the console exporter of OpenTelemetry for Python',
    {
      ...{ name: 'chat model', context: { ...ids, trace_state: '[]' }, kind: 'SpanKind.CLIENT', parent_id: `0x${idOf('agent')}` },
      ...{ start_time: new Date(BEGIN + 12).toISOString(), end_time: new Date(BEGIN + 262).toISOString() },
      ...{ status: { status_code: 'UNSET' }, attributes, events: [], links: [], resource: { attributes: resource, schema_url: '' } },
      instrumentation_scope: { name: BOTOCORE },
    },
  ],
  [
    'a span of OpenTelemetry for JavaScript',
    {
      name: 'chat model',
      spanContext: { traceId: TRACE, spanId: idOf('call'), traceFlags: 1 },
      parentSpanContext: { traceId: TRACE, spanId: idOf('agent') },
      startTime: [(BEGIN + 12 - ((BEGIN + 12) % 1000)) / 1000, ((BEGIN + 12) % 1000) * 1e6],
      endTime: [(BEGIN + 262 - ((BEGIN + 262) % 1000)) / 1000, ((BEGIN + 262) % 1000) * 1e6],
      ...{ kind: 2, status: { code: 0 }, attributes, resource: { attributes: resource } },
      instrumentationScope: { name: BOTOCORE },
    },
  ],
  ['attributes within attributes', { ...EVENT, attributes: nested(attributes) }],
];

function nested(flat: Raw): Raw {
  const all: Raw = {};
  for (const [key, value] of Object.entries(flat)) {
    const parts = key.split('.');
    const last = parts.pop()!;
    const holder = parts.reduce((at, part) => (at[part] ??= {}) as Raw, all);
    holder[last] = value;
  }
  return all;
}

test.each(FORMS)('%s', (_, value) => {
  const { spans } = spansIn(value);
  expect(spans).toHaveLength(1);
  const { start, end, ...others } = spans[0]!;
  const { start: expectedStart, end: expectedEnd, ...expected } = EXPECTED;
  expect(others).toEqual(expected);
  // Numbers beyond 2^53 hold nanoseconds to 256.
  expect([start, end]).toEqual([expect.closeTo(expectedStart, 3), expect.closeTo(expectedEnd, 3)]);
});

test('what is read of a span', () => {
  expect(EXPECTED).toMatchObject({
    ...{ role: 'model', operation: 'chat', provider: 'aws.bedrock', requestId: REQUEST, region: 'us-east-1', failed: false },
    ...{ sessionId: 'session-7', agent: 'Trip Planner', service: 'planner.DEFAULT', inputForm: 'excludesCache' },
    tokens: { input: 259, output: 148, cacheRead: 0, cacheWrite: 0 },
    start: expect.closeTo(BEGIN + 12, 3),
    end: expect.closeTo(BEGIN + 262, 3),
  });
});

test('log records and lines of the application hold no spans', () => {
  const record = {
    resource: EVENT.resource,
    scope: { name: 'strands.telemetry.tracer' },
    timeUnixNano: 1,
    body: { input: SENTINEL },
    spanId: idOf('x'),
  };
  expect(spansIn(record)).toEqual({ spans: [], logRecords: 1 });
  expect(spansIn({ timestamp: 'x', level: 'INFO', message: JSON.stringify(EVENT) })).toEqual({ spans: [], logRecords: 0 });
});
