import { modelBehind } from '../../../lambda/meter-calls/get-inference-profile.lazy';
import { InferenceProfiles } from '../../../lambda/meter-calls/inference-profiles';
import { requestModel } from '../../../engine/metering/request-model';
import { APPLICATION_PROFILE_ARN, PROFILE_ARN } from '../../fixtures/invocation-records';

const MINUTE = 60_000;

test('an answer holds for six hours and a failure for five minutes', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const answers = [undefined, 'amazon.nova-lite-v1:0'];
  const profiles = new InferenceProfiles(() =>
    Promise.resolve(() => (answers.length === 2 ? Promise.reject(new Error(String(answers.shift()))) : Promise.resolve(answers[0]))),
  );
  await profiles.resolve([APPLICATION_PROFILE_ARN, APPLICATION_PROFILE_ARN], 0);
  expect([profiles.isFresh(APPLICATION_PROFILE_ARN, 4 * MINUTE), profiles.known.size]).toEqual([true, 0]);
  await profiles.resolve([APPLICATION_PROFILE_ARN], 6 * MINUTE);
  expect(profiles.known.get(APPLICATION_PROFILE_ARN)).toBe('amazon.nova-lite-v1:0');
  expect([365, 366].map((minutes) => profiles.isFresh(APPLICATION_PROFILE_ARN, minutes * MINUTE))).toEqual([true, false]);
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

test('finds the model behind the ARNs of a profile, and whether it is global', () => {
  const model = (region: string, id = 'anthropic.claude-sonnet-4-6') => `arn:aws:bedrock:${region}::foundation-model/${id}`;
  expect(modelBehind([model('us-east-1'), model('us-west-2')])).toBe('anthropic.claude-sonnet-4-6');
  expect(modelBehind([model('us-east-1'), model('')])).toBe('global.anthropic.claude-sonnet-4-6');
  expect(modelBehind([model('us-east-1'), model('us-east-1', 'amazon.nova-lite-v1:0')])).toBeUndefined();
  expect(modelBehind([])).toBeUndefined();
});

test.each([
  [PROFILE_ARN, 'us.anthropic.claude-sonnet-4-6'],
  [APPLICATION_PROFILE_ARN, 'a1b2c3d4e5f6'],
  ['arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
  ['amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
  ['arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abc', 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abc'],
])('shows %s as CloudWatch does', (modelId, shown) => {
  expect(requestModel(modelId)).toBe(shown);
});
