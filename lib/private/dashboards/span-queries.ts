import { Audience } from '../../audience';
import { WidgetShape } from '../../widget-shape';
import { LogQuery } from './log-query';
import { showing, whole } from './query-columns';

const { AGENTS } = Audience;
const { TABLE, QUERY_LINES } = WidgetShape;

const SPANS = 'filter ispresent(traceId)';

/** The queries over the spans that Transaction Search keeps in `aws/spans`. */
export const SPAN_QUERIES: readonly LogQuery[] = [
  {
    id: 'Traces',
    title: 'Traces, and those with errors, by hour',
    widget: { audiences: [AGENTS], question: 'how many requests have errors', shape: QUERY_LINES },
    lines: [SPANS, 'stats count_distinct(traceId) as traces by bin(1h), status.code'],
  },
  {
    id: 'FailingComponents',
    title: 'Components that fail',
    widget: { audiences: [AGENTS], question: 'which component fails', shape: TABLE },
    lines: [
      SPANS,
      'fields coalesce(attributes.gen_ai.tool.status, attributes.tool.status) as toolStatus',
      // Tools of some libraries fail with the status OK, and say so in an attribute.
      'filter status.code = "ERROR" or toolStatus in ["error", "ERROR", "failed", "failure"]',
      'stats count_distinct(traceId) as traces, earliest(status.message) as firstMessage by name, resource.attributes.service.name, attributes.http.response.status_code',
      'sort traces desc',
      'limit 50',
      ...showing(
        ['Component', 'name'],
        ['Service', 'resource.attributes.service.name'],
        ['HTTP status', 'attributes.http.response.status_code'],
        ['Traces', 'traces'],
        ['First message', 'firstMessage'],
      ),
    ],
  },
  {
    id: 'ComponentLatency',
    title: 'Latency and time spent by component and hour (ms)',
    widget: { audiences: [AGENTS], question: 'where does the time go', shape: TABLE },
    lines: [
      SPANS,
      'fields durationNano / 1000000 as ms, datefloor(@timestamp, 1h) as hour',
      'stats count(*) as spans, pct(ms, 50) as p50, pct(ms, 95) as p95, pct(ms, 99) as p99, sum(ms) as total by hour, name',
      'sort total desc',
      'limit 100',
      ...showing(
        ['Component', 'name'],
        ['Hour', 'hour'],
        ['Spans', 'spans'],
        ['Median', whole('p50')],
        ['p95', whole('p95')],
        ['p99', whole('p99')],
        ['Total', whole('total')],
      ),
    ],
  },
  {
    id: 'SlowestTraces',
    title: 'The slowest requests (tokens of model calls with a request id)',
    widget: { audiences: [AGENTS], question: 'which requests are slow', shape: TABLE },
    lines: [
      SPANS,
      'filter ispresent(durationNano)',
      // A call has up to five spans, and those above it sum its tokens up. Spans with its request id have its own; they count once.
      'fields durationNano / 1000000 as ms, strcontains(@message, "aws.request") as isCall, coalesce(attributes.aws.request_id, attributes.aws.request.id, spanId) as callId',
      'fields isCall * attributes.gen_ai.usage.input_tokens as inputOfSpan, isCall * attributes.gen_ai.usage.output_tokens as outputOfSpan',
      'stats max(ms) as longest, count(*) as spansOfCall, max(inputOfSpan) as input, max(outputOfSpan) as output by traceId, callId',
      'stats max(longest) as longestSpan, sum(spansOfCall) as spans, sum(input) as tokensIn, sum(output) as tokensOut by traceId',
      'sort longestSpan desc',
      'limit 50',
      ...showing(
        ['Trace id', 'traceId'],
        ['Longest span (ms)', whole('longestSpan')],
        ['Spans', 'spans'],
        ['Tokens in', whole('tokensIn')],
        ['Tokens out', whole('tokensOut')],
      ),
    ],
  },
];
