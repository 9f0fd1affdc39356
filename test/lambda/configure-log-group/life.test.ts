import { CloudWatchLogsClient, ResourceAlreadyExistsException } from '@aws-sdk/client-cloudwatch-logs';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { handler } from '../../../lambda/configure-log-group';
import { answering } from '../aws-clients';

const NAME = '/aws/bedrock-agentcore/runtimes/agent-1-DEFAULT';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const MASK = '{"Name":"agentcore","Statement":[{"Sid":"mask"}]}';

interface Group {
  retentionInDays?: number;
  kmsKeyId?: string;
  policyDocument?: string;
}

/** The log groups of the account, by name. */
let groups: Map<string, Group>;
let asked: ReturnType<typeof answering>;
let warnings: string[];

beforeEach(() => {
  [groups, warnings] = [new Map(), []];
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
  const change = (members: (input: Record<string, unknown>) => Group) => (input: Record<string, unknown>) =>
    Object.assign(groups.get(String(input.logGroupName ?? input.logGroupIdentifier))!, members(input));
  asked = answering(CloudWatchLogsClient, {
    CreateLogGroupCommand: ({ logGroupName }) => {
      if (groups.has(String(logGroupName)))
        throw new ResourceAlreadyExistsException({ message: 'it exists', $metadata: { httpStatusCode: 400 } });
      groups.set(String(logGroupName), {});
      return {};
    },
    DescribeLogGroupsCommand: () => ({
      logGroups: [...groups].map(([logGroupName, { policyDocument, ...group }]) => ({
        ...{ logGroupName, ...group },
        ...(policyDocument !== undefined && { dataProtectionStatus: 'ACTIVATED' }),
      })),
    }),
    // In another layout than it was put.
    GetDataProtectionPolicyCommand: ({ logGroupIdentifier }) => ({
      policyDocument: JSON.stringify(JSON.parse(groups.get(String(logGroupIdentifier))!.policyDocument!), undefined, 2),
    }),
    PutRetentionPolicyCommand: change(({ retentionInDays }) => ({ retentionInDays: retentionInDays as number })),
    DeleteRetentionPolicyCommand: change(() => ({ retentionInDays: undefined })),
    AssociateKmsKeyCommand: change(({ kmsKeyId }) => ({ kmsKeyId: kmsKeyId as string })),
    DisassociateKmsKeyCommand: change(() => ({ kmsKeyId: undefined })),
    PutDataProtectionPolicyCommand: change(({ policyDocument }) => ({ policyDocument: policyDocument as string })),
    DeleteDataProtectionPolicyCommand: change(() => ({ policyDocument: undefined })),
  });
});
afterEach(() => jest.restoreAllMocks());

interface Wanted {
  readonly name?: string;
  readonly days?: number;
  readonly key?: string;
  readonly mask?: string;
}
const ALL: Wanted = { days: 30, key: KEY, mask: MASK };

const properties = ({ name = NAME, days, key, mask }: Wanted) => ({
  LogGroupName: name,
  ...(days !== undefined && { RetentionInDays: String(days) }),
  ...(key && { EncryptionKeyArn: key }),
  ...(mask && { DataProtectionPolicy: mask }),
});

/** What CloudFormation sends, and what it is answered. */
async function send(RequestType: 'Create' | 'Update' | 'Delete', wanted: Wanted, before?: Wanted) {
  const answers: unknown[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
    answers.push(JSON.parse(init!.body as string));
    return Promise.resolve(new Response());
  });
  const event = {
    ...{ RequestType, ResponseURL: 'https://answer', StackId: 's', RequestId: 'r', LogicalResourceId: 'l', PhysicalResourceId: NAME },
    ResourceProperties: properties(wanted),
    ...(before && { OldResourceProperties: properties(before) }),
  };
  const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
  await handler(event as unknown as CloudFormationCustomResourceEvent, context);
  return answers;
}
const changes = () => asked.map(([command]) => command).filter((command) => !/^(Describe|Get|Create)/.test(command));
const ok = (name = NAME): unknown[] => [
  expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: name, Data: { LogGroupName: name } }),
];

test('a log group that is not there is made, with everything, the masking first', async () => {
  expect(await send('Create', ALL)).toEqual(ok());
  expect(groups.get(NAME)).toEqual({ retentionInDays: 30, kmsKeyId: KEY, policyDocument: MASK });
  expect(changes()).toEqual(['PutDataProtectionPolicyCommand', 'AssociateKmsKeyCommand', 'PutRetentionPolicyCommand']);
});

test('one that is there gets what it lacks, and keeps what somebody else has set', async () => {
  groups.set(NAME, { retentionInDays: 400, policyDocument: '{"Name":"theirs"}' });
  expect(await send('Create', ALL)).toEqual(ok());
  expect(groups.get(NAME)).toEqual({ retentionInDays: 400, kmsKeyId: KEY, policyDocument: '{"Name":"theirs"}' });
  expect(warnings).toEqual([expect.stringContaining('keeps what it had, which this stack has not set: dataProtection, retention')]);
});

test('what is so already is not set again', async () => {
  groups.set(NAME, { retentionInDays: 30, kmsKeyId: KEY, policyDocument: MASK });
  expect(await send('Create', ALL)).toEqual(ok());
  expect([changes(), warnings]).toEqual([[], []]);
});

test('an update changes, and takes away, what the stack has set', async () => {
  await send('Create', ALL);
  expect(await send('Update', { days: 90 }, ALL)).toEqual(ok());
  expect(groups.get(NAME)).toEqual({ retentionInDays: 90, kmsKeyId: undefined, policyDocument: undefined });
  await send('Update', {}, { days: 90 });
  expect(groups.get(NAME)!.retentionInDays).toBeUndefined();
  expect(warnings).toEqual([]);
});

test('an update keeps what was changed by hand since then', async () => {
  await send('Create', ALL);
  groups.get(NAME)!.retentionInDays = 3653;
  await send('Update', { ...ALL, days: 7 }, ALL);
  expect(groups.get(NAME)!.retentionInDays).toBe(3653);
  // Nothing is said of what is not wanted any more.
  warnings = [];
  await send('Update', { key: KEY, mask: MASK }, { ...ALL, days: 7 });
  expect(groups.get(NAME)!.retentionInDays).toBe(3653);
  expect(warnings).toEqual([]);
});

test('a roll back is an update the other way round', async () => {
  await send('Create', ALL);
  await send('Update', { ...ALL, days: 90 }, ALL);
  await send('Update', ALL, { ...ALL, days: 90 });
  expect(groups.get(NAME)!.retentionInDays).toBe(30);
});

test('a runtime that was replaced has another log group, of which nothing was set before', async () => {
  const other = `${NAME}2`;
  groups.set(other, { retentionInDays: 30 });
  expect(await send('Update', { name: other, days: 7 }, { days: 30 })).toEqual(ok(other));
  expect(groups.get(other)!.retentionInDays).toBe(30);
  expect(warnings).toHaveLength(1);
});

test('a delete leaves log groups as they are', async () => {
  await send('Create', ALL);
  asked.length = 0;
  expect(await send('Delete', ALL)).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: NAME })]);
  expect(asked).toEqual([]);
  expect(groups.get(NAME)).toMatchObject({ retentionInDays: 30 });
});

test('a failure says what was asked, of which log group', async () => {
  asked = answering(CloudWatchLogsClient, {
    CreateLogGroupCommand: () => {
      throw Object.assign(new Error('no'), { name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } });
    },
  });
  expect(await send('Create', ALL)).toEqual([
    expect.objectContaining({
      Status: 'FAILED',
      Reason: `logs:CreateLogGroup on "${NAME}" failed with InvalidParameterException: no`,
      PhysicalResourceId: NAME,
    }),
  ]);
});
