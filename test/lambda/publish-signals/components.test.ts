import { COMPONENT_QUERIES } from '../../../lambda/publish-signals/components';
import { runSchedule } from '../../../lambda/publish-signals/publish';
import { FakeSources } from './fake-sources';
import { config, NOW, signals } from './signal-run';

test('names the component with most errors, and the slowest that has enough spans', async () => {
  const sources = new FakeSources(undefined, [], (query) =>
    query === COMPONENT_QUERIES.errors
      ? [{ service: 'shop', name: 'search', errors: '7' }]
      : [
          { service: 'shop', name: 'rare', p95: '9000000000', spans: '19' },
          { service: 'shop', name: 'answer', p95: '3000000000', spans: '20' },
        ],
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
