import { FakeAws } from './fake-aws';
import { configuration, StackLife } from './stack-life';

const first = configuration('stack');
const second = configuration('stack', { imageDataDeliveryEnabled: true, s3Config: { bucketName: 'archive' } });
const foreign = configuration('foreign', { textDataDeliveryEnabled: false });

const aws = new FakeAws();
const stack = new StackLife(aws, 'one');
const other = new StackLife(aws, 'two');

beforeAll(async () => {
  await aws.start();
  stack.start();
  other.start();
});
afterAll(() => Promise.all([stack.stop(), other.stop(), aws.stop()]));
beforeEach(() => {
  aws.reset();
  stack.printed = '';
});

describe('fail', () => {
  test('fails on a foreign configuration, shows it, and names the three ways on', async () => {
    aws.live = { ...foreign, s3Config: { bucketName: 'lake', keyPrefix: 'logs/' } };
    const { Status, Reason } = await stack.send('Create', first);
    expect(Status).toBe('FAILED');
    expect(Reason).toBe(
      'this account and Region already have a Bedrock invocation logging configuration that this stack did not make ' +
        '(records to the log group "foreign-records" through the role "arn:aws:iam::123456789012:role/foreign-delivery"; ' +
        'records to "s3://lake/logs"; no content, metadata only); there can be only one, so either set ' +
        "'onExisting' to ExistingConfiguration.ADOPT to use its log group and change nothing, " +
        'or to ExistingConfiguration.REPLACE to replace it and give it back when the stack is deleted, ' +
        'or remove it with "aws bedrock delete-model-invocation-logging-configuration", and deploy again',
    );
    expect(aws.calls).not.toContain('PUTSetting');
  });

  test('fails for the second stack in one Region, which leaves the first alone when it is rolled back', async () => {
    await stack.send('Create', first);
    expect(await other.send('Create', configuration('other'))).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('"stack-records"'),
    });
    expect(await other.send('Delete', configuration('other'))).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(first);
  });

  test('takes over a configuration that is the wanted one already, and leaves it there when deleted', async () => {
    aws.live = first;
    expect(await stack.send('Create', first)).toMatchObject({ Status: 'SUCCESS' });
    await stack.send('Delete', first);
    expect(aws.live).toEqual(first);
  });

  test('corrects flags that were changed by hand, and still removes the configuration', async () => {
    await stack.send('Create', first);
    aws.live = { ...first, audioDataDeliveryEnabled: true };
    await stack.send('Update', second);
    expect(aws.live).toEqual(second);
    aws.live = { ...second, textDataDeliveryEnabled: false };
    await stack.send('Delete', second);
    expect(aws.live).toBeUndefined();
  });

  test('knows its own configuration when Bedrock writes the prefix with a slash', async () => {
    await stack.send('Create', second);
    aws.live = { ...second, s3Config: { bucketName: 'archive', keyPrefix: '/' } };
    await stack.send('Delete', second);
    expect(aws.live).toBeUndefined();
  });

  test('sends all five flags, as booleans', async () => {
    await stack.send('Create', { cloudWatchConfig: first.cloudWatchConfig, textDataDeliveryEnabled: true });
    expect(aws.live).toEqual(first);
  });

  test('fails when Bedrock goes on refusing the role, and says what to look at', async () => {
    aws.deadRoles.add(first.cloudWatchConfig!.roleArn!);
    const { Status, Reason } = await stack.send('Create', first);
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('Bedrock does not accept this configuration (records to the log group "stack-records"');
    expect(Reason).toContain("the role ('deliveryRole'), and the policies of the buckets ('largeData', 'archive')");
  });

  test('says what Bedrock refused, also when the last attempt is cut off', async () => {
    const action = /PUTSetting/;
    aws.breakWith({ kind: 'lag', times: 1, action }, { kind: 'timeout', action });
    const { Reason } = await stack.send('Create', first);
    expect(Reason).toContain('Failed to validate permissions for log group');
  });

  test('a failed update to another destination is rolled back, and still deleted as ours', async () => {
    await stack.send('Create', first);
    const broken = configuration('broken');
    aws.deadRoles.add(broken.cloudWatchConfig!.roleArn!);
    expect(await stack.send('Update', broken)).toMatchObject({ Status: 'FAILED' });
    expect(await stack.send('Update', first)).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.record).toMatchObject({ former: null, ours: [first] });
    await stack.send('Delete', first);
    expect(aws.live).toBeUndefined();
  });

  test('an update that was cut off after the put is finished by its second delivery', async () => {
    await stack.send('Create', first);
    await stack.send('Update', second);
    aws.parameters.set(stack.parameter, JSON.stringify({ former: null, ours: [second, first] }));
    expect(await stack.send('Update', second)).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.record).toMatchObject({ former: null, ours: [second] });
  });

  test('an update that was cut off before the put is finished by its second delivery', async () => {
    await stack.send('Create', first);
    aws.parameters.set(stack.parameter, JSON.stringify({ former: null, ours: [second, first] }));
    expect(await stack.send('Update', second)).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(second);
  });

  test('fails before it changes anything when the record cannot be written', async () => {
    aws.breakWith({ kind: 'denied', action: /^PutParameter/ });
    const { Status, Reason } = await stack.send('Create', first);
    expect([Status, Reason]).toEqual([
      'FAILED',
      expect.stringMatching(/^ssm:PutParameter on "\/ownership\/one\/Setting" failed with AccessDenied/),
    ]);
    expect(aws.live).toBeUndefined();
  });
});

describe('replace', () => {
  test('puts the new configuration and gives the former one back', async () => {
    aws.live = foreign;
    await stack.send('Create', first, 'replace');
    expect(aws.live).toEqual(first);
    await stack.send('Update', second, 'replace');
    await stack.send('Delete', second, 'replace');
    expect(aws.live).toEqual(foreign);
    expect(stack.record).toBeUndefined();
  });

  test('removes its own when the former one is no longer accepted', async () => {
    aws.live = foreign;
    await stack.send('Create', first, 'replace');
    aws.deadRoles.add(foreign.cloudWatchConfig!.roleArn!);
    expect(await stack.send('Delete', first, 'replace')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toBeUndefined();
    expect(stack.printed).toContain(
      'the former configuration is removed, Bedrock no longer accepts it: records to the log group "foreign-records"',
    );
  });

  test('fails to delete, and keeps the record, when it may not hand the former role to Bedrock', async () => {
    aws.live = foreign;
    await stack.send('Create', first, 'replace');
    aws.breakWith({ kind: 'denied', action: /PUTSetting/ });
    const { Status, Reason } = await stack.send('Delete', first, 'fail');
    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(/^the former configuration \(records to the log group "foreign-records".*ExistingConfiguration.REPLACE/);
    expect(stack.record?.former).toEqual(foreign);
  });

  test('remembers the former one also if the setting was removed by hand, and then made again', async () => {
    aws.live = foreign;
    await stack.send('Create', first, 'replace');
    aws.live = undefined;
    await stack.send('Update', second, 'replace');
    await stack.send('Delete', second, 'replace');
    expect(aws.live).toEqual(foreign);
  });

  test('takes what is there now as the former one after a drift', async () => {
    await stack.send('Create', first);
    aws.live = foreign;
    await stack.send('Update', second, 'replace');
    await stack.send('Delete', second, 'replace');
    expect(aws.live).toEqual(foreign);
  });
});

describe('adopt', () => {
  test('answers with the log group that is there, and changes nothing, not even when deleted', async () => {
    aws.live = foreign;
    expect(await stack.send('Create', first, 'adopt')).toMatchObject({ Status: 'SUCCESS', Data: { LogGroupName: 'foreign-records' } });
    expect(await stack.send('Delete', first, 'adopt')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(foreign);
    expect(aws.calls).not.toContain('PUTSetting');
    expect(aws.calls).not.toContain('PutParameter');
  });

  test.each([
    ['there is none', undefined, /found: none; set one up first, or use ExistingConfiguration.FAIL or REPLACE/],
    [
      'it has no log group',
      { s3Config: { bucketName: 'lake' }, textDataDeliveryEnabled: true },
      /found: records to "s3:\/\/lake\/"; content: text/,
    ],
  ])('fails when %s', async (_, live, message) => {
    aws.live = live;
    const { Status, Reason } = await stack.send('Create', first, 'adopt');
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(message)]);
  });

  test('gives the replaced configuration back before it adopts it', async () => {
    aws.live = foreign;
    await stack.send('Create', first, 'replace');
    expect(await stack.send('Update', first, 'adopt')).toMatchObject({ Status: 'SUCCESS', Data: { LogGroupName: 'foreign-records' } });
    expect(aws.live).toEqual(foreign);
    await stack.send('Delete', first, 'adopt');
    expect(aws.live).toEqual(foreign);
    expect(stack.record).toBeUndefined();
  });

  test.each(['fail', 'replace'] as const)('is rolled back to %s', async (mode) => {
    aws.live = foreign;
    await stack.send('Create', first, 'replace');
    await stack.send('Update', first, 'adopt');
    expect(await stack.send('Update', first, mode)).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.live).toEqual(first);
    await stack.send('Delete', first, 'replace');
    expect(aws.live).toEqual(foreign);
  });

  test('fails when only the own configuration is there, and leaves it', async () => {
    await stack.send('Create', first);
    expect(await stack.send('Update', first, 'adopt')).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('found: only the configuration this stack made itself'),
    });
    expect(aws.live).toEqual(first);
    expect(stack.record).toMatchObject({ former: null, ours: [first] });
  });

  test('fails when the former configuration is no longer accepted, and leaves the own one', async () => {
    aws.live = foreign;
    await stack.send('Create', first, 'replace');
    aws.deadRoles.add(foreign.cloudWatchConfig!.roleArn!);
    expect(await stack.send('Update', first, 'adopt')).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('the former configuration cannot be adopted, Bedrock no longer accepts it'),
    });
    expect(aws.live).toEqual(first);
  });
});

describe('the answer', () => {
  test('is sent again when CloudFormation does not take it', async () => {
    aws.breakWith({ kind: 'broken', action: /answer/, times: 2 });
    expect(await stack.send('Create', first)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('stays below the size that CloudFormation takes', async () => {
    aws.live = configuration('foreign', { s3Config: { bucketName: 'lake', keyPrefix: 'x'.repeat(1_024) } });
    aws.live.cloudWatchConfig!.roleArn = `arn:aws:iam::123456789012:role/${'r'.repeat(2_000)}`;
    const answer = await stack.send('Create', first);
    expect(JSON.stringify(answer).length).toBeLessThan(4_096);
  });

  test('leaves the signed URL out of the log', async () => {
    await stack.send('Create', first);
    expect(stack.printed).toContain('"requestType":"Create"');
    expect(stack.printed).not.toContain('/answer');
  });
});
