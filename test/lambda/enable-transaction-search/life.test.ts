import { FakeAws, type Fault } from './fake-aws';
import { SIGNALS, SOURCE, SPANS, StackLife } from './stack-life';

const aws = new FakeAws();
const [one, two, renamed] = [new StackLife(aws, 'one'), new StackLife(aws, 'two'), new StackLife(aws, 'one', 'Renamed')];
const OWN = 'cdk-bedrock-observability-transaction-search';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const statement = (resource: string | string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'xray.amazonaws.com' }, Action: 'logs:PutLogEvents', Resource: resource }],
  });

beforeAll(async () => {
  await aws.start();
  [one, two, renamed].forEach((stack) => stack.start());
});
afterAll(() => Promise.all([one.stop(), two.stop(), renamed.stop(), aws.stop()]));
beforeEach(() => {
  aws.reset();
  [one, two, renamed].forEach((stack) => (stack.printed = ''));
});

/** As somebody has switched it on, in the console. */
function switchOnByHand(): void {
  aws.destination = 'CloudWatchLogs';
  aws.logGroups.set('aws/spans', undefined);
  aws.policies.set('TransactionSearchAccess', statement([SPANS, SIGNALS]));
}

const ok = { Status: 'SUCCESS', Data: { LogGroupName: 'aws/spans' } };

describe('off before', () => {
  test('is switched on, with one policy, and off again by the delete', async () => {
    aws.pending = 3;
    expect(await one.send('Create', { percentage: 5 })).toMatchObject(ok);
    expect(aws.destination).toBe('CloudWatchLogs');
    expect(aws.percentage).toBe(5);
    expect(JSON.parse(aws.policies.get(OWN)!)).toEqual({
      Version: '2012-10-17',
      Statement: [SPANS, SIGNALS].map((Resource) => ({
        Sid: expect.stringMatching(/^BedrockObservability/),
        Effect: 'Allow',
        Principal: { Service: 'xray.amazonaws.com' },
        Action: 'logs:PutLogEvents',
        Resource,
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': SOURCE } },
      })),
    });
    expect(await one.send('Delete', { percentage: 5 })).toMatchObject({ Status: 'SUCCESS' });
    expect([aws.destination, aws.percentage, aws.policies.size, aws.parameters.size]).toEqual(['XRay', 1, 0, 0]);
  });

  test('the policy comes first, since X-Ray refuses without it', async () => {
    await one.send('Create');
    expect(aws.calls.indexOf('PutResourcePolicy')).toBeLessThan(aws.calls.indexOf('UpdateTraceSegmentDestination'));
  });

  test('without Application Signals its log group is in no policy, and leaves it with an update', async () => {
    await one.send('Create', { applicationSignals: true });
    expect(await one.send('Update', { applicationSignals: false })).toMatchObject(ok);
    expect([...aws.policies.values()].join()).not.toContain('application-signals');
    expect([...aws.policies.values()].join()).toContain('aws/spans');
  });

  test('a log group that X-Ray does not make at first is there after a second change', async () => {
    aws.changesUntilGroup = 2;
    expect(await one.sendShort('Create')).toMatchObject(ok);
  });

  test('a log group that X-Ray never makes fails the deployment, which says what to do and leaves nothing on', async () => {
    aws.changesUntilGroup = 99;
    const { Status, Reason } = await one.sendShort('Create');
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/has not made the log group "aws\/spans".*CloudWatch console/)]);
    await one.send('Delete');
    expect([aws.destination, aws.policies.size]).toEqual(['XRay', 0]);
  });

  test('switched off by hand: stays off, and an update switches it on again', async () => {
    await one.send('Create');
    aws.destination = 'XRay';
    await one.send('Update', { percentage: 2 });
    expect(aws.destination).toBe('CloudWatchLogs');
    aws.destination = 'XRay';
    expect(await one.send('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect([aws.destination, aws.policies.size]).toEqual(['XRay', 0]);
  });
});

describe('on before', () => {
  beforeEach(switchOnByHand);

  test('is adopted: nothing is changed, not even by the delete', async () => {
    expect(await one.send('Create')).toMatchObject(ok);
    expect(await one.send('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.destination).toBe('CloudWatchLogs');
    expect(aws.calls.filter((call) => /^(Update|PutRes|Assoc)/.test(call))).toEqual([]);
  });

  test('a percentage is set, and the former one given back', async () => {
    aws.percentage = 3;
    await one.send('Create', { percentage: 10 });
    await one.send('Update', { percentage: 20 });
    expect(aws.percentage).toBe(20);
    await one.send('Update');
    expect(aws.percentage).toBe(3);
    await one.send('Delete');
    expect([aws.destination, aws.percentage]).toEqual(['CloudWatchLogs', 3]);
  });

  test('a percentage that was changed by hand meanwhile is the one that is kept', async () => {
    await one.send('Create', { percentage: 10 });
    aws.percentage = 50;
    await one.send('Delete', { percentage: 10 });
    expect(aws.percentage).toBe(50);
  });

  test('what no policy allows is added, and left there: others rely on it while it is on', async () => {
    aws.policies.set('TransactionSearchAccess', statement(SPANS));
    await one.send('Create');
    expect(aws.policies.get(OWN)).toContain('application-signals');
    expect(aws.policies.get(OWN)).not.toContain('aws/spans');
    await one.send('Delete');
    expect(aws.policies.get(OWN)).toContain('application-signals');
  });

  test('the log group with another key is refused, with the command that changes it', async () => {
    const { Status, Reason } = await one.send('Create', { key: KEY });
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(`--kms-key-id ${KEY}`)]);
    expect(aws.logGroups.get('aws/spans')).toBeUndefined();
    aws.logGroups.set('aws/spans', KEY);
    expect(await one.send('Create', { key: KEY })).toMatchObject(ok);
  });
});

describe('a key', () => {
  test('is that of the log group from the start', async () => {
    expect(await one.send('Create', { key: KEY })).toMatchObject(ok);
    expect(aws.logGroups.get('aws/spans')).toBe(KEY);
    expect(aws.calls).not.toContain('AssociateKmsKey');
  });

  test('is set on a log group that was left from before', async () => {
    aws.logGroups.set('aws/spans', undefined);
    expect(await one.send('Create', { key: KEY })).toMatchObject(ok);
    expect(aws.logGroups.get('aws/spans')).toBe(KEY);
  });
});

describe('policies', () => {
  const fill = (text: string) => Array.from({ length: 10 }, (_, n) => aws.policies.set(`Policy${n}`, text));

  test('where there is no room for one more, the statements join one of the others, and leave it', async () => {
    const text = statement('arn:aws:logs:eu-central-1:111122223333:log-group:other:*');
    fill(text);
    expect(await one.send('Create')).toMatchObject(ok);
    expect(aws.policies.size).toBe(10);
    expect([...aws.policies.values()].filter((policy) => policy.includes('aws/spans'))).toHaveLength(1);
    await one.send('Delete');
    expect([...aws.policies.values()].map((policy) => JSON.parse(policy) as unknown)).toEqual(Array(10).fill(JSON.parse(text)));
  });

  test('where all are full, the deployment fails at once, and names them', async () => {
    fill(statement('x'.repeat(5_000)));
    const { Status, Reason } = await one.send('Create');
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/no resource policy.*Policy0, Policy1.*delete-resource-policy/)]);
    expect(aws.destination).toBe('XRay');
  });

  test('a policy that another stack overwrites at the same time is mended', async () => {
    let overwritten = false;
    aws.onCall = (action) => {
      if (action === 'DescribeResourcePolicies' && aws.policies.has(OWN) && !overwritten) {
        overwritten = true;
        aws.policies.set(OWN, statement('arn:aws:logs:eu-central-1:111122223333:log-group:other:*'));
      }
    };
    expect(await one.send('Create')).toMatchObject(ok);
    expect(aws.policies.get(OWN)).toMatch(/other.*aws\/spans/);
  });
});

describe('two stacks', () => {
  test('the last one switches off, whichever switched on', async () => {
    await one.send('Create', { percentage: 5 });
    await two.send('Create', { percentage: 5 });
    await one.send('Delete');
    expect([aws.destination, aws.percentage, aws.policies.size]).toEqual(['CloudWatchLogs', 5, 1]);
    await two.send('Delete');
    expect([aws.destination, aws.percentage, aws.policies.size, aws.parameters.size]).toEqual(['XRay', 1, 0, 0]);
  });

  test('the second one goes first: nothing changes', async () => {
    await one.send('Create');
    await two.send('Create');
    await two.send('Delete');
    expect([aws.destination, aws.policies.size]).toEqual(['CloudWatchLogs', 1]);
    await one.send('Delete');
    expect([aws.destination, aws.policies.size]).toEqual(['XRay', 0]);
  });

  test('with different percentages the second one is refused, and its rollback leaves the first alone', async () => {
    await one.send('Create', { percentage: 5 });
    const { Status, Reason } = await two.send('Create', { percentage: 50 });
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(`another stack of this account and Region has set 5`)]);
    await two.send('Delete');
    expect([aws.destination, aws.percentage]).toEqual(['CloudWatchLogs', 5]);
  });

  test('a construct that was renamed is made under its new name before the old one is deleted', async () => {
    await one.send('Create', { percentage: 5 });
    await renamed.send('Create', { percentage: 20 });
    await one.send('Delete', { percentage: 5 });
    expect([aws.destination, aws.percentage]).toEqual(['CloudWatchLogs', 20]);
    await renamed.send('Delete');
    expect([aws.destination, aws.percentage]).toEqual(['XRay', 1]);
  });
});

describe('faults', () => {
  const CHANGES = /^(UpdateTrace|PutResource|PutParameter|UpdateIndexing)/;

  test.each<Fault>([
    { action: /./, kind: 'throttle', times: 3 },
    { action: CHANGES, kind: 'broken', times: 3 },
    { action: CHANGES, kind: 'lost', times: 3 },
    { action: /UpdateTrace/, kind: 'refused', times: 3 },
    { action: /answer/, kind: 'broken', times: 2 },
  ])('that pass lose nothing: %p', async (fault) => {
    aws.breakWith(fault);
    expect(await one.send('Create', { percentage: 5 })).toMatchObject(ok);
    aws.breakWith(fault);
    expect(await one.send('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect([aws.destination, aws.percentage, aws.policies.size, aws.parameters.size]).toEqual(['XRay', 1, 0, 0]);
  });

  test.each(['UpdateTraceSegmentDestination', 'PutResourcePolicy', 'PutParameter', 'UpdateIndexingRule'])(
    'of %s that last fail the create, and the delete that follows undoes what was done',
    async (action) => {
      aws.breakWith({ action: new RegExp(action), kind: 'denied' });
      const { Status, Reason } = await one.sendShort('Create', { percentage: 5 });
      expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(new RegExp(`${action}.* failed with AccessDenied`))]);
      aws.breakWith();
      expect(await one.send('Delete', { percentage: 5 })).toMatchObject({ Status: 'SUCCESS' });
      expect([aws.destination, aws.percentage, aws.policies.size, aws.parameters.size]).toEqual(['XRay', 1, 0, 0]);
    },
  );

  test('a create that was refused, and a person who switches it on before the delete: it stays on', async () => {
    aws.breakWith({ action: /UpdateTrace/, kind: 'denied' });
    await one.sendShort('Create');
    aws.breakWith();
    switchOnByHand();
    await one.send('Delete');
    expect(aws.destination).toBe('CloudWatchLogs');
  });

  test('a record that was removed by hand: nothing is switched off', async () => {
    await one.send('Create');
    aws.parameters.clear();
    expect(await one.send('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.destination).toBe('CloudWatchLogs');
    expect(one.printed).toContain('the record of what this stack changed is gone');
  });

  test('a record that was changed by hand: the delete fails and says how to get it back', async () => {
    await one.send('Create');
    aws.parameters.set(one.parameter, '[]');
    expect(await one.send('Delete')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('get-parameter-history') });
    expect(aws.destination).toBe('CloudWatchLogs');
  });
});
