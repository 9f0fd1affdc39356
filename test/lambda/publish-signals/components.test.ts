import { eventRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import { COMPONENT_QUERIES } from '../../../lambda/publish-signals/components';
import { runSchedule } from '../../../lambda/publish-signals/publish';
import { FakeSources } from './fake-sources';
import { config, NOW, signals } from './signal-run';

const spans = (name: string, count: number, durationNano: number) =>
  Array.from({ length: count }, () =>
    eventRow(JSON.stringify({ name, durationNano, resource: { 'attributes.service.name': 'shop' } }), NOW),
  );

test('names the component with most errors, and the slowest that has enough spans', async () => {
  const sources = new FakeSources(undefined, [], (query) =>
    query === COMPONENT_QUERIES.errors
      ? [{ service: 'shop', name: 'search', errors: '7' }]
      : runQuery(query, [...spans('rare', 19, 9e9), ...spans('answer', 20, 3e9)]).rows.map((row) =>
          Object.fromEntries([...row].map(([field, value]) => [field, String(value)])),
        ),
  );
  const { lines } = await runSchedule('FiveMinutes', sources, config(), NOW);
  const written = lines.map((line) => JSON.parse(line) as object);
  expect(written).toContainEqual({ signal: 'bedrock.signal.component.errors', value: 7, subject: 'shop search' });
  expect(written).toContainEqual({ signal: 'bedrock.signal.component.latency.ms', value: 3000, subject: 'shop answer' });
  expect(sources.queries.map(({ logGroup, from, to }) => [logGroup, to - from])).toEqual([
    ['spans', 900_000],
    ['spans', 900_000],
  ]);
});

test('is not published without spans', async () => {
  const sources = new FakeSources();
  expect(await signals('FiveMinutes', sources, { spans: undefined })).not.toHaveProperty(['bedrock.signal.component.errors']);
  expect(sources.queries).toEqual([]);
});
