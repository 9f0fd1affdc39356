import { eventRow, runQuery } from '../../local-cloudwatch/logs-insights';
import { SPAN_QUERIES } from '../../lib/private/dashboards/span-queries';
import { BEGIN, botocore, cloudWatchEvent, type Described, strands } from '../engine/agents/spans';

/** The rows of a saved query over spans, as events of `aws/spans`. */
function rowsOf(id: string, ...spans: readonly Described[]) {
  const query = SPAN_QUERIES.find((each) => each.id === id)!.lines.join(' | ');
  const { rows } = runQuery(
    query,
    spans.map((span) => eventRow(JSON.stringify(cloudWatchEvent(span)), BEGIN)),
  );
  return rows.map((row) => Object.fromEntries(row));
}

test('SlowestTraces counts the tokens of each call once, however many spans have them', () => {
  const trace: Described[] = [
    { id: 'root', ms: 9000, kind: 'SERVER' },
    { id: 'agent', parent: 'root', ms: 8900, attributes: strands('invoke_agent', 300, 30) },
    { id: 'cycle', parent: 'agent', ms: 4000 },
    { id: 'chat1', parent: 'cycle', ms: 3000, attributes: strands('chat', 100, 10) },
    { id: 'sdk1', parent: 'chat1', ms: 2900, attributes: botocore('6b083b63-f3fb-549d-2550-366e47b36486', 100, 10) },
    { id: 'retry1', parent: 'chat1', ms: 2900, attributes: botocore('6b083b63-f3fb-549d-2550-366e47b36486', 100, 10) },
    { id: 'sdk2', parent: 'agent', ms: 2900, attributes: botocore('7c083b63-f3fb-549d-2550-366e47b36486', 200, 20) },
  ];
  expect(rowsOf('SlowestTraces', ...trace)).toMatchObject([{ longestSpan: 9000, spans: 7, tokensIn: 300, tokensOut: 30 }]);
});

test('FailingComponents has tools that fail with the status OK', () => {
  const failed = { id: 'a', name: 'execute_tool search', status: 'OK', attributes: { 'gen_ai.tool.status': 'error' } } as const;
  expect(rowsOf('FailingComponents', failed, { id: 'b', name: 'fine' })).toMatchObject([{ name: 'execute_tool search', traces: 1 }]);
});
