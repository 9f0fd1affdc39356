import { Quotas } from '../../../lambda/measure-quota/quotas';
import { usageLines } from '../../../lambda/measure-quota/usage-lines';

const quotas = new Quotas(
  Array.from({ length: 30 }, (_, i) => ({ name: `On-demand tokens per minute for P M${i}`, value: 100 })),
  Array.from({ length: 30 }, (_, i) => ({ modelId: `p.m${i}`, modelName: `M${i}`, providerName: 'P' })),
);

const parsed = (usage: ReadonlyMap<string, ReadonlyMap<number, number>>) =>
  usageLines('Space', quotas, usage, 0).map((line) => JSON.parse(line) as Record<string, unknown>);

test('names the twenty models closest to their quota, the closest first', () => {
  const usage = new Map(Array.from({ length: 30 }, (_, i) => [`p.m${i}`, new Map([[0, i]])]));
  const [metrics, , log] = parsed(usage);
  expect(metrics).toMatchObject({ 'bedrock.signal.quota.usage.percent': 29, 'bedrock.signal.quota.unknown': 0 });
  expect((log?.models as Array<{ percent: number }>).map(({ percent }) => percent)).toEqual(Array.from({ length: 20 }, (_, i) => 29 - i));
});

test('is unknown where no quota of the models in use is known, and a model without use in this quarter does not count', () => {
  const unknown = parsed(
    new Map([
      ['q', new Map([[0, 5]])],
      ['p.m1', new Map<number, number>()],
    ]),
  );
  expect(unknown[0]).not.toHaveProperty(['bedrock.signal.quota.usage.percent']);
  expect(unknown[0]).toMatchObject({ 'bedrock.signal.quota.unknown': 1 });
});

test('each run says that it ran', () => {
  expect(parsed(new Map())).toContainEqual(expect.objectContaining({ 'bedrock.signal.runs': 1, 'bedrock.schedule': 'Quarter' }));
});

test('is 0 where no model was used, so that the alarm ends', () => {
  expect(parsed(new Map())[0]).toMatchObject({ 'bedrock.signal.quota.usage.percent': 0, 'bedrock.signal.quota.unknown': 0 });
});
