import { eventRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import { runSchedule } from '../../../lambda/publish-signals/publish';
import { cloudWatchEvent, type Described } from '../../engine/agents/spans';
import { FakeSources } from './fake-sources';
import { config, NOW, signals } from './signal-run';

/** What the signals find in spans, as events of `aws/spans`. */
async function found(...spans: readonly Described[]) {
  const rows = spans.map((span) => eventRow(JSON.stringify(cloudWatchEvent(span)), NOW));
  const sources = new FakeSources(undefined, [], (query) =>
    runQuery(query, rows).rows.map((row) => Object.fromEntries([...row].map(([field, value]) => [field, String(value)]))),
  );
  const { lines, failures } = await runSchedule('FiveMinutes', sources, config({ spans: ['aws/spans', 'runtime'] }), NOW);
  expect(failures).toEqual([]);
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const named = (metric: string) => ({
    value: written.find((line) => '_aws' in line && metric in line)?.[metric],
    subject: written.find(({ signal }) => signal === metric)?.subject,
  });
  return {
    errors: named('bedrock.signal.component.errors'),
    latency: named('bedrock.signal.component.latency.ms'),
    asked: sources.queries.map(({ logGroup, from, to }) => [logGroup, to - from]),
  };
}

const tool = (id: string, more: Partial<Described> = {}): Described => ({
  id,
  name: 'execute_tool search',
  ...more,
  attributes: { 'gen_ai.operation.name': 'execute_tool', ...more.attributes },
});

test('a failure counts once, where it happened, however many spans above it fail too', async () => {
  const failing = (id: string, parent?: string): Described => ({ id, parent, name: id.slice(0, 4), status: 'ERROR' });
  const spans = ['1', '2', '3'].flatMap((number) => [
    failing(`root${number}`),
    failing(`loop${number}`, `root${number}`),
    tool(`tool${number}`, { parent: `loop${number}`, status: 'ERROR' }),
  ]);
  const { errors } = await found(...spans, ...spans, failing('root4'));
  expect(errors).toEqual({ value: 3, subject: 'planner.DEFAULT execute_tool search' });
});

test('tools that fail with the status OK are seen', async () => {
  const failed = tool('a', { status: 'OK', attributes: { 'gen_ai.tool.status': 'error' } });
  const { errors } = await found(failed, tool('b', { status: 'OK', attributes: { 'gen_ai.tool.status': 'success' } }));
  expect(errors).toEqual({ value: 1, subject: 'planner.DEFAULT execute_tool search' });
});

test('tools and retrievals are judged by their time; agents, their steps, models and servers are not', async () => {
  const slow = (name: string, operation: string | undefined, ms: number): Described[] =>
    Array.from({ length: 20 }, (_, i) => ({
      id: `${name}${i}`,
      name,
      ms,
      kind: operation ? 'INTERNAL' : 'SERVER',
      attributes: operation ? { 'gen_ai.operation.name': operation } : {},
    }));
  const { latency, asked } = await found(
    ...slow('POST /invocations', undefined, 17_000),
    ...slow('invoke_agent planner', 'invoke_agent', 16_800),
    ...slow('execute_event_loop_cycle', 'execute_event_loop_cycle', 9000),
    ...slow('chat', 'chat', 8000),
    ...slow('execute_tool search', 'execute_tool', 3000),
    ...slow('execute_tool once', 'execute_tool', 60_000).slice(1),
  );
  expect(latency).toEqual({ value: 3000, subject: 'planner.DEFAULT execute_tool search' });
  expect(asked).toEqual([
    [['aws/spans', 'runtime'], 900_000],
    [['aws/spans', 'runtime'], 900_000],
  ]);
});

test('the words of other libraries for a tool count too', async () => {
  const spans = Array.from({ length: 20 }, (_, i) => ({
    id: `t${i}`,
    name: 'look_up',
    ms: 7000,
    attributes: { 'openinference.span.kind': 'TOOL' },
  }));
  expect((await found(...spans)).latency).toEqual({ value: 7000, subject: 'planner.DEFAULT look_up' });
});

test('without spans of tools there is no latency, and no error', async () => {
  expect(await found()).toMatchObject({ errors: { value: 0 }, latency: { value: undefined } });
});

test('is not published without log groups of spans', async () => {
  const sources = new FakeSources();
  expect(await signals('FiveMinutes', sources, { spans: [] })).not.toHaveProperty(['bedrock.signal.component.errors']);
  expect(sources.queries).toEqual([]);
});
