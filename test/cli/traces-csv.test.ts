import { runInProcess } from './command-line';
import { file, lines } from './replaying';
import { BOTOCORE, botocore, cloudWatchEvent, type Described, requestId, STRANDS, strands } from '../engine/agents/spans';

const run = (trace: string, id: number, more: Partial<Described> = {}): Described[] => {
  const of = { trace: trace.repeat(32), ...more };
  return [
    { ...of, id: 'agent', scope: STRANDS, ms: 800, attributes: strands('invoke_agent', 100, 10) },
    { ...of, id: 'chat', parent: 'agent', scope: STRANDS, ms: 300, attributes: strands('chat', 100, 10) },
    { ...of, id: 'leaf', parent: 'chat', scope: BOTOCORE, ms: 200, attributes: botocore(requestId(id), 100, 10) },
  ];
};

async function listed(csv: string) {
  const { out, err, code } = await runInProcess(['traces', 'list', file(csv, 'spans.csv'), '--json', '-']);
  const { traces } = JSON.parse(out) as { traces: ReadonlyArray<{ modelCalls: number; spans: readonly unknown[] }> };
  return { code, err, traces: traces.map(({ modelCalls, spans }) => [modelCalls, spans.length]) };
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test.each<[string, (events: ReadonlyArray<Record<string, unknown>>) => string]>([
  ['whole spans', (events) => lines('@timestamp,@message', ...events.map((event) => `2026-11-26 13:00:00,${cell(JSON.stringify(event))}`))],
  [
    'a column for each member',
    (events) => {
      const rows = events.map(({ attributes, ...event }) => {
        const flat = Object.entries(attributes as object).map(([name, value]): [string, unknown] => [`attributes.${name}`, value]);
        return new Map<string, unknown>([...Object.entries(event), ...flat]);
      });
      const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter(
        (name) => !['resource', 'events', 'links'].includes(name),
      );
      const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
      return lines(
        columns.join(','),
        ...rows.map((row) => columns.map((name) => cell(row.has(name) ? textOf(row.get(name)) : '')).join(',')),
      );
    },
  ],
])('the CSV of Logs Insights, %s', async (_, csvOf) => {
  const events = [...run('a', 1), ...run('b', 2)].map(cloudWatchEvent) as ReadonlyArray<Record<string, unknown>>;
  expect(await listed(csvOf(events))).toEqual({
    code: 0,
    err: '',
    traces: [
      [1, 3],
      [1, 3],
    ],
  });
});

test('a damaged row of CSV costs only itself', async () => {
  const rows = [...run('a', 1), ...run('b', 2)].map((span) => `x,${cell(JSON.stringify(cloudWatchEvent(span)))}`);
  const { traces, err } = await listed(lines('@timestamp,@message', ...rows.map((row, at) => (at === 1 ? row.slice(0, -9) : row))));
  expect(traces).toEqual([
    [1, 2],
    [1, 3],
  ]);
  expect(err).toContain('spans.csv:3');
});
