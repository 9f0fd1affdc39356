import { Catalogue, type ModelInfo } from '../../../engine/pricing/catalogue';
import { modelTitles } from '../../../engine/pricing/model-title';
import { resolveModel } from '../../../engine/pricing/model-id';

const catalogue = Catalogue.builtIn();
const ids = catalogue.lines<ModelInfo>('model').map(({ model }) => model);

test('every model has a name as people say it, and no other model has the same', () => {
  const titles = ids.map((id) => catalogue.title(id)!);
  expect(titles.filter((title) => !/^[A-Z0-9][\w .,()+-]*$/.test(title))).toEqual([]);
  expect(new Set(titles.map((title) => title.toLowerCase())).size).toBe(ids.length);
});

test.each([
  ['anthropic.claude-opus-4-8', 'Claude Opus 4.8'],
  ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'Claude 3.5 Sonnet v2'],
  ['openai.gpt-oss-120b-1:0', 'GPT OSS 120B'],
  ['qwen.qwen3-235b-a22b-2507-v1:0', 'Qwen3 235B A22B 2507'],
  ['us.amazon.nova-pro-v1:0', undefined],
])('%s is %s', (id, title) => {
  expect(catalogue.title(id)).toBe(title);
});

test('models of one name are named by their ids: a sum by name would mix them', () => {
  const models = [
    { model: 'acme.one', name: 'Same Name' },
    { model: 'acme.two', name: 'same name' },
    { model: 'acme.three', name: 'Other' },
  ];
  expect([...modelTitles(models).values()]).toEqual(['acme.one', 'acme.two', 'Other']);
});

test('an id has the name of its model, in whatever form it is called', () => {
  const titleOf = (id: string) => resolveModel(id, catalogue).title;
  const arn = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0';
  expect(['amazon.nova-pro-v1:0', 'eu.amazon.nova-pro-v1:0', arn].map(titleOf)).toEqual(['Nova Pro', 'Nova Pro', 'Nova Pro']);
  expect(titleOf('acme.model')).toBeUndefined();
});
