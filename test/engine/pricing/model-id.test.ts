import * as fc from 'fast-check';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { asksProfiles, resolveModel, type ProfileLookup } from '../../../engine/pricing/model-id';

const catalogue = Catalogue.builtIn();
const resolve = (modelId: string, profiles?: ProfileLookup) => resolveModel(modelId, catalogue, profiles);

const SONNET = 'anthropic.claude-sonnet-4-6';
const arn = (resource: string, partition = 'aws'): string => `arn:${partition}:bedrock:us-east-1:111122223333:${resource}`;

test.each([
  [SONNET, SONNET, 'regional', undefined],
  [`us.${SONNET}`, SONNET, 'regional', 'us'],
  [`kr.${SONNET}`, SONNET, 'regional', 'kr'],
  [`us-gov.${SONNET}`, SONNET, 'regional', 'us-gov'],
  [`global.${SONNET}`, SONNET, 'global', 'global'],
  [arn(`inference-profile/global.${SONNET}`), SONNET, 'global', 'global'],
  [arn(`inference-profile/us-gov.${SONNET}`, 'aws-us-gov'), SONNET, 'regional', 'us-gov'],
  [`arn:aws:bedrock:us-east-1::foundation-model/${SONNET}`, SONNET, 'regional', undefined],
  [`arn:aws-cn:bedrock:cn-north-1::foundation-model/${SONNET}`, SONNET, 'regional', undefined],
  [`arn:aws:bedrock:::foundation-model/${SONNET}`, SONNET, 'regional', undefined],
  ['amazon.nova-pro-v1:0:300k', 'amazon.nova-pro-v1:0', 'regional', undefined],
  ['us.amazon.nova-premier-v1:0:mm', 'amazon.nova-premier-v1:0', 'regional', 'us'],
  [`${SONNET}[1m]`, SONNET, 'regional', undefined],
])('%s carries the price of %s, %s', (modelId, model, routing, geography) => {
  const resolved = resolve(modelId);

  expect(resolved).toMatchObject({ modelId, model, routing, hourly: false, flags: [] });
  expect(resolved.geography).toBe(geography);
  expect(resolved.unpriced).toBeUndefined();
});

test.each(['openai.gpt-oss-120b', 'cohere.embed-english-v3:0:512', 'amazon.titan-embed-text-v1:2:8k'])(
  '%s is a flagged alias',
  (modelId) => {
    expect(resolve(modelId)).toMatchObject({ model: catalogue.aliasOf(modelId.replace(/:(512|8k)$/, '')), flags: ['alias'] });
  },
);

test.each([
  ['anthropic.claude-opus-4', 'a shorter id'],
  ['anthropic.claude-opus-4-8-v2', 'a longer id'],
  ['us.eu.anthropic.claude-opus-4-8', 'a second prefix'],
  ['Anthropic.claude-opus-4-8', 'another case'],
  ['anthropic.claude-opus-4-8:24', 'a suffix that is not of context'],
  ['', 'nothing'],
])('%s is no match: %s', (modelId) => {
  expect(resolve(modelId)).toMatchObject({ unpriced: 'the model is not in the price catalogue' });
  expect(resolve(modelId).model).toBeUndefined();
});

test('a routing prefix that nobody knows is flagged, not peeled', () => {
  expect(resolve('mars.anthropic.claude-opus-4-8')).toMatchObject({
    flags: ['unknownGeography'],
    unpriced: "'mars' is not a known routing prefix",
  });
});

test('an application inference profile has the routing and the model of its source', () => {
  const profile = arn('application-inference-profile/ab12cd34ef56');

  expect(resolve(profile, () => `global.${SONNET}`)).toMatchObject({ modelId: profile, model: SONNET, routing: 'global' });
  expect(resolve(profile, () => arn(`inference-profile/us.${SONNET}`))).toMatchObject({ model: SONNET, routing: 'regional' });
  expect(resolve(profile).unpriced).toBe('the application inference profile is not resolved to a model');
  expect(resolve(profile, () => profile).unpriced).toContain('it stands for another model');
});

test.each(['provisioned-model/abc', 'custom-model/amazon.nova-micro-v1:0:128k/abc', 'imported-model/abc'])(
  '%s is billed by the hour',
  (resource) => {
    expect(resolve(arn(resource))).toMatchObject({ hourly: true, flags: ['hourlyCapacity'] });
  },
);

test('a custom model deployment is billed by the token, so that it has a price only where its base is known', () => {
  expect(resolve(arn('custom-model-deployment/abc'))).toMatchObject({
    hourly: false,
    flags: ['customDeployment'],
    unpriced: 'a custom model deployment is billed by the token, and its base model is not known: name it in the profile map',
  });
  expect(resolve(arn('custom-model-deployment/abc'), () => 'amazon.nova-micro-v1:0')).toMatchObject({
    model: 'amazon.nova-micro-v1:0',
    hourly: false,
    flags: ['customDeployment'],
  });
});

test.each(['prompt-router/abc', 'default-prompt-router/anthropic.claude:1', 'prompt/ABCDE12345:1'])(
  '%s has the price of the model that a lookup names',
  (resource) => {
    expect(resolve(arn(resource), () => `us.${SONNET}`)).toMatchObject({ modelId: arn(resource), model: SONNET, geography: 'us' });
  },
);

test.each([
  ['amazon.titan-embed-text-v2:0', false],
  ['cohere.embed-v4:0', false],
  ['amazon.nova-canvas-v1:0', false],
  [SONNET, true],
  ['amazon.nova-sonic-v1:0', true],
  ['nobody.knows', undefined],
])('%s has output: %s, behind any ARN', (model, hasOutput) => {
  const ids = [model, `us.${model}`, arn(`foundation-model/${model}`)];
  const arns = ['application-inference-profile/x', 'provisioned-model/x', 'custom-model/x', 'custom-model-deployment/x', 'prompt-router/x'];

  expect(ids.map((id) => resolve(id).hasOutput)).toEqual(ids.map(() => hasOutput));
  expect(arns.map((resource) => resolve(arn(resource), () => model).hasOutput)).toEqual(arns.map(() => hasOutput));
});

test.each([
  [arn('application-inference-profile/x'), true],
  [arn('prompt-router/x'), true],
  [arn('provisioned-model/x'), true],
  [arn('foundation-model/x'), false],
  [arn('inference-profile/x'), false],
  [arn('constructor/x'), false],
  ['arn:aws:sagemaker:us-east-1:111122223333:endpoint/abc', false],
  [SONNET, false],
])('the profile map is asked for %s: %s', (modelId, asked) => {
  expect(asksProfiles(modelId)).toBe(asked);
});

test.each([
  ['acme.foo-v1:0', 'regional'],
  ['us.acme.foo-v1:0', 'regional'],
  ['global.acme.foo-v1:0', 'global'],
  ['acme.foo-v1:0:24k', 'regional'],
  [arn('inference-profile/eu.acme.foo-v1:0'), 'regional'],
  [arn('inference-profile/global.acme.foo-v1:0'), 'global'],
  ['arn:aws:bedrock:us-east-1::foundation-model/acme.foo-v1:0', 'regional'],
])('a new model is found in %s, %s', (modelId, routing) => {
  expect(resolveModel(modelId, catalogue, undefined, new Set(['acme.foo-v1:0']))).toMatchObject({ model: 'acme.foo-v1:0', routing });
});

test.each([
  [arn('prompt-router/abc'), 'a prompt router does not tell which model answered'],
  [arn('default-prompt-router/anthropic.claude:1'), 'a prompt router does not tell which model answered'],
  ['arn:aws:sagemaker:us-east-1:111122223333:endpoint/abc', 'Marketplace endpoints are billed by their instances, not by tokens'],
  [arn('prompt/ABCDE12345:1'), 'the prompt is not resolved to a model: name its model in the profile map'],
  [arn('constructor/abc'), 'the ARN is not of a kind that is known to have prices'],
  [arn('agent/abc'), 'the ARN is not of a kind that is known to have prices'],
])('%s is unpriced with a reason', (modelId, reason) => {
  expect(resolve(modelId)).toMatchObject({ hourly: false, unpriced: reason });
});

test('any text at all is resolved or has a reason', () => {
  const pieces = fc.constantFrom(
    'us.',
    'global.',
    'x.',
    SONNET,
    ':24k',
    '[1m]',
    arn('inference-profile/'),
    '"',
    '\\',
    '\n',
    '{',
    '__proto__',
    '/',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((list) => list.join('')),
      ),
      (modelId) => {
        const resolved = resolve(modelId, () => modelId);
        return resolved.modelId === modelId && (resolved.model !== undefined || resolved.hourly || resolved.unpriced !== undefined);
      },
    ),
    { numRuns: 2_000 },
  );
});
