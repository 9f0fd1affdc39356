import * as fc from 'fast-check';
import { splitGeography } from '../../../engine/pricing/geographies';

test.each([
  ['us.anthropic.claude-sonnet-4-6', 'us', 'anthropic.claude-sonnet-4-6'],
  ['global.anthropic.claude-sonnet-4-6', 'global', 'anthropic.claude-sonnet-4-6'],
  ['us-gov.amazon.nova-pro-v1:0', 'us-gov', 'amazon.nova-pro-v1:0'],
  ['us.eu.amazon.nova-pro-v1:0', 'us', 'eu.amazon.nova-pro-v1:0'],
  ['anthropic.claude-sonnet-4-6', undefined, 'anthropic.claude-sonnet-4-6'],
  ['mars.anthropic.claude-sonnet-4-6', undefined, 'mars.anthropic.claude-sonnet-4-6'],
  ['us', undefined, 'us'],
  ['.us', undefined, '.us'],
  ['', undefined, ''],
])('%s has the geography %s and the model %s', (modelId, geography, model) => {
  expect(splitGeography(modelId)).toEqual(geography === undefined ? { model } : { geography, model });
});

test('nothing of an id is lost', () => {
  const part = fc.oneof(fc.constantFrom('us', 'global', 'apac', 'constructor', '__proto__', 'x'), fc.string());
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const id = parts.join('.');
      const { geography, model } = splitGeography(id);
      return (geography === undefined ? model : `${geography}.${model}`) === id;
    }),
  );
});
