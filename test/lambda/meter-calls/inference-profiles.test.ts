import { modelBehind } from '../../../lambda/meter-calls/get-inference-profile.lazy';
import { NotTried } from '../../../lambda/shared/look-ups';
import { DeadlineExceeded } from '../../../lambda/shared/deadline';
import { isApplicationProfile } from '../../../engine/records/application-profile';
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

describe('many profiles', () => {
  let warn: jest.SpyInstance;

  beforeEach(() => {
    warn = jest.spyOn(console, 'warn').mockImplementation();
  });

  afterEach(() => warn.mockRestore());

  const arn = (i: number) => `${APPLICATION_PROFILE_ARN}${i}`;
  const arns = (count: number, from = 0) => Array.from({ length: count }, (_, i) => arn(from + i));

  test('one that does not answer keeps no other from being resolved, and few are asked at a time', async () => {
    let [running, most] = [0, 0];
    const profiles = new InferenceProfiles(() =>
      Promise.resolve(async (asked) => {
        most = Math.max(most, (running += 1));
        await new Promise((answered) => setTimeout(answered, asked === arn(0) ? 100 : 1));
        running -= 1;
        if (asked === arn(0)) throw new DeadlineExceeded('it', 100);
        return 'amazon.nova-lite-v1:0';
      }),
    );
    await profiles.resolve(arns(300), 0);
    expect([profiles.known.size, profiles.known.has(arn(0)), most]).toEqual([299, false, 20]);
  });

  test('those that were not asked are asked at the next batch, and those that failed are not', async () => {
    const asked: string[] = [];
    const failed: number[] = [];
    const profiles = new InferenceProfiles(
      () =>
        Promise.resolve((each) => {
          asked.push(each);
          return Promise.reject(asked.length > 2 ? new NotTried('it', 1) : new Error('denied'));
        }),
      (count) => failed.push(count),
    );
    await profiles.resolve(arns(4), 0);
    expect(arns(4).map((each) => profiles.isFresh(each, 1))).toEqual([true, true, false, false]);
    expect(failed).toEqual([2, 2]);
    expect(warn.mock.calls.map(([text]: [string]) => text.replace(/ \(.*/, ''))).toEqual([
      '2 application inference profiles cannot be resolved, their calls are unpriced: Error',
      '2 application inference profiles cannot be resolved, their calls are unpriced: NotTried',
    ]);
  });

  test('a look-up that cannot be loaded fails no batch', async () => {
    const profiles = new InferenceProfiles(() => Promise.reject(new Error('no such file')));
    await profiles.resolve(arns(2), 0);
    expect(profiles.known.size).toBe(0);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('answers that no longer hold are dropped when there are many', async () => {
    const profiles = new InferenceProfiles(() => Promise.resolve(() => Promise.resolve('amazon.nova-lite-v1:0')));
    await profiles.resolve(arns(10_000), 0);
    await profiles.resolve(arns(1, 10_000), 7 * 60 * MINUTE);
    expect(profiles.known.size).toBe(1);
  });
});

test.each([
  ['an account that is masked', 'arn:aws:bedrock:us-east-1:****:application-inference-profile/a1b2c3d4e5f6', true],
  ['GovCloud', 'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:application-inference-profile/a1b2c3d4e5f6', true],
  ['text around it', 'ignore this: arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3d4e5f6', false],
  ['text after it', 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1 and more', false],
  ['a megabyte', `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${'a'.repeat(1_000_000)}`, false],
  ['a system profile', PROFILE_ARN, false],
])('an ARN with %s', (_, modelId, expected) => {
  expect(isApplicationProfile(modelId)).toBe(expected);
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
