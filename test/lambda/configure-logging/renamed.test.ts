import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { FakeAws } from './fake-aws';
import { configuration, type Mode, StackLife } from './stack-life';

const mine = configuration('stack');
const elsewhere = configuration('renamed');
const users = configuration('users', { textDataDeliveryEnabled: false });

const aws = new FakeAws();
const old = new StackLife(aws, 'one', 'Old');
const renamed = new StackLife(aws, 'one', 'Renamed');
const other = new StackLife(aws, 'two');
/** Deployed at once: each reads the setting again when the other one has put its own, also where this machine is slow. */
const [one, two] = [new StackLife(aws, 'one', 'AtOnce', 1), new StackLife(aws, 'two', 'AtOnce', 1)];

beforeAll(async () => {
  await aws.start();
  [old, renamed, other, one, two].forEach((life) => life.start());
});
afterAll(() => Promise.all([...[old, renamed, other, one, two].map((life) => life.stop()), aws.stop()]));
beforeEach(() => aws.reset());

const destinations: [string, LoggingConfig][] = [
  ['the same destination', mine],
  ['another destination', elsewhere],
];

describe.each(destinations)('a construct gets another logical id, with %s', (_, wanted) => {
  test.each<[Mode, LoggingConfig | undefined]>([
    ['fail', undefined],
    ['replace', undefined],
    ['replace', users],
  ])('%s over %p: logging stays on, and what was there before comes back at the end', async (mode, before) => {
    aws.live = before;
    await old.send('Create', mine, mode);
    expect(await renamed.send('Create', wanted, mode)).toMatchObject({ Status: 'SUCCESS' });
    expect(await old.send('Delete', mine, mode)).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(wanted);

    expect(await renamed.send('Delete', wanted, mode)).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(before);
    expect([...aws.parameters.keys()]).toEqual([]);
  });

  test('adopt: the configuration stays as it is', async () => {
    aws.live = users;
    await old.send('Create', mine, 'adopt');
    await renamed.send('Create', wanted, 'adopt');
    await old.send('Delete', mine, 'adopt');
    await renamed.send('Delete', wanted, 'adopt');
    expect(aws.live).toEqual(users);
  });

  test('and the deployment is rolled back: the old construct logs again, and still gives back what it found', async () => {
    aws.live = users;
    await old.send('Create', mine, 'replace');
    await renamed.send('Create', wanted, 'replace');
    await renamed.send('Delete', wanted, 'replace');
    expect(aws.live).toEqual(mine);
    await old.send('Delete', mine, 'replace');
    expect(aws.live).toEqual(users);
  });
});

describe.each(destinations)('a construct moves to another stack, with %s', (_, wanted) => {
  test.each(['old stack first', 'new stack first'])('replace: what was there before comes back at the end, %s', async (order) => {
    aws.live = users;
    await old.send('Create', mine, 'replace');
    if (order === 'old stack first') {
      await old.send('Delete', mine, 'replace');
    }
    await other.send('Create', wanted, 'replace');
    if (order === 'new stack first') {
      await old.send('Delete', mine, 'replace');
    }
    expect(aws.live).toEqual(wanted);
    await other.send('Delete', wanted, 'replace');
    expect(aws.live).toEqual(users);
  });

  test('a change of the old stack, and then both are deleted: what was there before comes back', async () => {
    aws.live = users;
    await old.send('Create', mine, 'replace');
    await other.send('Create', wanted, 'replace');
    await old.send('Update', { ...mine, imageDataDeliveryEnabled: true }, 'replace');
    await old.send('Delete', mine, 'replace');
    await other.send('Delete', wanted, 'replace');
    expect(aws.live).toEqual(users);
    expect([...aws.parameters.keys()]).toEqual([]);
  });
});

test('fail: the new stack is refused while the old one has the setting, and takes it afterwards', async () => {
  await old.send('Create', mine);
  expect(await other.send('Create', elsewhere)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('"stack-records"') });
  await other.send('Delete', elsewhere);
  expect(aws.live).toEqual(mine);
  await old.send('Delete', mine);
  expect(await other.send('Create', elsewhere)).toMatchObject({ Status: 'SUCCESS' });
});

test('a delete for another physical id leaves the setting alone', async () => {
  await old.send('Create', mine);
  expect(await old.send('Delete', mine, 'fail', '/ownership/one/Older')).toMatchObject({ Status: 'SUCCESS' });
  expect(aws.live).toEqual(mine);
});

describe('the advice of docs/troubleshooting.md', () => {
  test('REPLACE once, then FAIL again, then the stack is deleted: logging is on until then, and off without a failure', async () => {
    await old.send('Create', mine);
    await renamed.send('Create', elsewhere, 'replace');
    await old.send('Delete', mine);
    expect(aws.live).toEqual(elsewhere);
    expect(await renamed.send('Update', elsewhere, 'fail')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(elsewhere);
    expect(await renamed.send('Delete', elsewhere, 'fail')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toBeUndefined();
  });

  test('a damaged record: nothing changes, and its former value heals it', async () => {
    aws.live = users;
    await old.send('Create', mine, 'replace');
    const value = aws.parameters.get(old.parameter)!;
    for (const damaged of ['{"former":', '{}', '']) {
      aws.parameters.set(old.parameter, damaged);
      const { Status, Reason } = await old.send('Delete', mine, 'replace');
      expect([Status, Reason]).toEqual([
        'FAILED',
        expect.stringMatching(
          /^the parameter "\/ownership\/one\/Old" was changed by hand.*get-parameter-history --name \/ownership\/one\/Old"/,
        ),
      ]);
      expect(aws.live).toEqual(mine);
    }
    aws.parameters.set(old.parameter, value);
    await old.send('Delete', mine, 'replace');
    expect(aws.live).toEqual(users);
  });

  test('a lost record: an update goes on, a delete fails until the setting is the one that shall stay', async () => {
    aws.live = users;
    await old.send('Create', mine, 'replace');
    aws.parameters.clear();
    const { Status, Reason } = await old.send('Delete', mine, 'replace');
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/is gone.*"stack-records".*CloudTrail.*delete the stack again$/)]);
    expect(aws.live).toEqual(mine);
    aws.live = users;
    expect(await old.send('Delete', mine, 'replace')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(users);
  });

  test('a lost record is made again by an update, in the mode that replaces nothing', async () => {
    await old.send('Create', mine);
    aws.parameters.clear();
    expect(await old.send('Update', elsewhere)).toMatchObject({ Status: 'SUCCESS' });
    await old.send('Delete', elsewhere);
    expect(aws.live).toBeUndefined();
  });
});

test('a forged record sends no prompts elsewhere when the stack with FAIL is deleted', async () => {
  await old.send('Create', mine);
  const former = { s3Config: { bucketName: 'foreign-bucket' }, textDataDeliveryEnabled: true };
  aws.parameters.set(old.parameter, JSON.stringify({ former, ours: [mine] }));
  const { Status, Reason } = await old.send('Delete', mine);
  expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/"s3:\/\/foreign-bucket\/".*ExistingConfiguration.FAIL/)]);
  expect(aws.live).toEqual(mine);
});

test('after an adoption, a configuration of another person is refused', async () => {
  aws.live = users;
  await old.send('Create', mine, 'replace');
  await old.send('Update', mine, 'adopt');
  aws.live = configuration('third');
  expect(await old.send('Update', mine, 'fail')).toMatchObject({ Status: 'FAILED' });
  expect(aws.live).toEqual(configuration('third'));
});

test('of two stacks that are deployed at once, one fails and the other one logs', async () => {
  const answers = await Promise.all([one.send('Create', mine), two.send('Create', elsewhere)]);
  const failed = answers.filter(({ Status }) => Status === 'FAILED');
  expect(failed.length).toBeGreaterThanOrEqual(1);
  if (answers[0]!.Status === 'FAILED') await one.send('Delete', mine);
  if (answers[1]!.Status === 'FAILED') await two.send('Delete', elsewhere);
  const winner = answers[0]!.Status === 'SUCCESS' ? mine : answers[1]!.Status === 'SUCCESS' ? elsewhere : undefined;
  expect(aws.live).toEqual(winner);
});

test('a configuration that another one put meanwhile is not overwritten by a second attempt', async () => {
  aws.breakWith({ kind: 'lag', times: 1, action: /PUTSetting/ });
  aws.onCall = (action) => {
    if (action === 'PUTSetting') aws.live = users;
  };
  expect(await old.send('Create', mine)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('"users-records"') });
  expect(aws.live).toEqual(users);
});

test('an answer of many bytes in few characters is below the size that CloudFormation takes', async () => {
  const keyPrefix = 'ü中"'.repeat(300);
  aws.live = configuration('users', { s3Config: { bucketName: 'lake', keyPrefix } });
  const answer = await old.send('Create', mine);
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(4_096);
});
