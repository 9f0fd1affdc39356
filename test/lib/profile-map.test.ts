import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMeter, ProfileMap } from '../../lib';

const ARN = 'arn:aws:bedrock:us-east-1:222222222222:application-inference-profile/a1b2c3';
const MODELS = { [ARN]: 'us.amazon.nova-lite-v1:0' };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'profile-map-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const path = join(folder, 'map.json');
  writeFileSync(path, text);
  return path;
}

function meterWith(profileMap: ProfileMap): Template {
  const stack = new Stack(new App(), 'Test');
  new CostMeter(stack, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'), profileMap });
  return Template.fromStack(stack);
}

const variables = (expected: object) => ({ Environment: { Variables: Match.objectLike(expected) } });

test('gives the meter a short map in its environment, and a file in a bucket', () => {
  meterWith(ProfileMap.of(MODELS)).hasResourceProperties('AWS::Lambda::Function', variables({ PROFILE_MODELS: JSON.stringify(MODELS) }));
  meterWith(ProfileMap.fromFile(fileWith(JSON.stringify(MODELS)))).hasResourceProperties(
    'AWS::Lambda::Function',
    variables({ PROFILE_MODELS_BUCKET: Match.anyValue(), PROFILE_MODELS_KEY: Match.stringLikeRegexp('\\.json$') }),
  );
});

test.each([
  ['a bare id as key', { 'amazon.nova-lite-v1:0': 'x' }, "each key of 'models' must be an ARN of Bedrock, got 'amazon.nova-lite-v1:0'"],
  ['no model', { [ARN]: '' }, `each value must be the id of a model or system profile, got "" for '${ARN}'`],
])('refuses %s', (_, models, message) => {
  expect(() => ProfileMap.of(models)).toThrow(message);
  expect(() => ProfileMap.fromFile(fileWith(JSON.stringify(models)))).toThrow(message);
});

test('refuses a long map, a file that is none, and what is no object', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${ARN}${i}`, 'amazon.nova-lite-v1:0']));
  expect(() => ProfileMap.of(many)).toThrow(/^'models' must not be longer than 1500 bytes as JSON, got \d+: use ProfileMap.fromFile$/);
  expect(() => ProfileMap.fromFile('/none')).toThrow("'path' must be a file with the models of ARNs, got '/none'");
  expect(() => ProfileMap.fromFile(fileWith('[]'))).toThrow('the models must be an object of ids by ARN');
});
