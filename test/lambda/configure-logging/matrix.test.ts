import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { FakeAws, type Fault } from './fake-aws';
import { configuration, type Mode, StackLife } from './stack-life';

const first = configuration('stack');
const second = configuration('stack', { imageDataDeliveryEnabled: true, s3Config: { bucketName: 'archive', keyPrefix: 'bedrock' } });
const foreign = configuration('foreign', { textDataDeliveryEnabled: false });

type Situation = 'nothing' | 'ours' | 'foreign' | 'drifted';
type Request = 'create' | 'update' | 'rollback' | 'delete';

interface Row {
  readonly situation: Situation;
  readonly request: Request;
  readonly status: 'SUCCESS' | 'FAILED';
  readonly live: LoggingConfig | undefined;
  /** What is to be given back; undefined if there is no record. */
  readonly former: LoggingConfig | null | undefined;
  /** Whether the setting has to change. */
  readonly changes: boolean;
}

// nothing: never set, or removed by hand after the deployment. foreign: there before the stack, which replaced it if it got as
// far as an update. drifted: another took the setting over after the deployment.
const rows: Row[] = [
  { situation: 'nothing', request: 'create', status: 'SUCCESS', live: first, former: null, changes: true },
  { situation: 'nothing', request: 'update', status: 'SUCCESS', live: second, former: null, changes: true },
  { situation: 'nothing', request: 'rollback', status: 'SUCCESS', live: first, former: null, changes: true },
  { situation: 'nothing', request: 'delete', status: 'SUCCESS', live: undefined, former: undefined, changes: false },
  { situation: 'ours', request: 'create', status: 'SUCCESS', live: first, former: null, changes: false },
  { situation: 'ours', request: 'update', status: 'SUCCESS', live: second, former: null, changes: true },
  { situation: 'ours', request: 'rollback', status: 'SUCCESS', live: first, former: null, changes: true },
  { situation: 'ours', request: 'delete', status: 'SUCCESS', live: undefined, former: undefined, changes: true },
  { situation: 'foreign', request: 'create', status: 'FAILED', live: foreign, former: undefined, changes: false },
  { situation: 'foreign', request: 'update', status: 'SUCCESS', live: second, former: foreign, changes: true },
  { situation: 'foreign', request: 'rollback', status: 'SUCCESS', live: first, former: foreign, changes: true },
  { situation: 'foreign', request: 'delete', status: 'SUCCESS', live: foreign, former: undefined, changes: false },
  { situation: 'drifted', request: 'create', status: 'FAILED', live: foreign, former: null, changes: false },
  { situation: 'drifted', request: 'update', status: 'FAILED', live: foreign, former: null, changes: false },
  { situation: 'drifted', request: 'rollback', status: 'SUCCESS', live: foreign, former: null, changes: false },
  { situation: 'drifted', request: 'delete', status: 'SUCCESS', live: foreign, former: undefined, changes: false },
];

const aws = new FakeAws();
const stack = new StackLife(aws, 'matrix');

beforeAll(async () => {
  await aws.start();
  stack.start();
});
afterAll(() => Promise.all([stack.stop(), aws.stop()]));
beforeEach(() => aws.reset());

/** Leads to the moment before the request, with what CloudFormation sent before. */
async function bringTo(situation: Situation, request: Request): Promise<Mode> {
  if (situation === 'foreign') {
    aws.live = foreign;
    if (request === 'delete') {
      await stack.send('Create', first);
    } else if (request !== 'create') {
      await stack.send('Create', first, 'replace');
    }
  } else if (situation !== 'nothing' || request !== 'create') {
    await stack.send('Create', first);
  }
  const mode = situation === 'foreign' && request !== 'create' ? 'replace' : 'fail';
  if (situation === 'drifted') {
    aws.live = foreign;
  }
  if (request === 'rollback') {
    await stack.send('Update', second, mode);
  }
  if (situation === 'nothing') {
    aws.live = undefined;
  }
  return mode;
}

function ask(request: Request, mode: Mode) {
  switch (request) {
    case 'create':
      return stack.send('Create', first, mode);
    case 'update':
      return stack.send('Update', second, mode);
    case 'rollback':
      return stack.send('Update', first, mode);
    case 'delete':
      return stack.send('Delete', first, mode);
  }
}

const passing: (Fault | undefined)[] = [
  undefined,
  { kind: 'lag', times: 3, action: /PUTSetting/ },
  { kind: 'unseen', times: 3 },
  { kind: 'throttle', times: 2 },
  { kind: 'broken', times: 2 },
];

describe.each(passing)('with a fault that passes: %p', (fault) => {
  test.each(rows)('$situation × $request ends in $status', async ({ situation, request, status, live, former }) => {
    const mode = await bringTo(situation, request);
    aws.breakWith(fault);

    const answer = await ask(request, mode);

    expect(answer.Status).toBe(status);
    expect(aws.live).toEqual(live);
    expect(stack.record?.former).toEqual(former);
    if (status === 'SUCCESS' && request !== 'delete') {
      expect(answer.Data).toEqual({ LogGroupName: 'stack-records' });
    }
  });
});

const lasting: Fault[] = [
  { kind: 'denied', action: /PUTSetting|DELETESetting/ },
  { kind: 'timeout', action: /PUTSetting|DELETESetting/ },
  { kind: 'throttle', action: /PUTSetting|DELETESetting/ },
];

describe.each(lasting)('with a fault that lasts: %p', (fault) => {
  test.each(rows)('$situation × $request loses nothing', async ({ situation, request, status, live, former, changes }) => {
    const mode = await bringTo(situation, request);
    const before = { live: aws.live, former: stack.record?.former };
    aws.breakWith(fault);

    const answer = await ask(request, mode);

    expect(answer.Status).toBe(changes ? 'FAILED' : status);
    expect(aws.live).toEqual(changes ? before.live : live);
    expect(stack.record?.former).toEqual(changes && request !== 'create' ? before.former : former);
    if (changes) {
      expect(answer.Reason).toMatch(/^bedrock:(Put|Delete)ModelInvocationLoggingConfiguration failed with /);
    }
  });

  test.each(rows.filter(({ request, changes }) => request === 'create' && changes))(
    '$situation × failed $request is cleaned up by the delete that follows',
    async ({ situation, request }) => {
      const mode = await bringTo(situation, request);
      const before = aws.live;
      aws.breakWith(fault);
      await ask(request, mode);
      aws.breakWith();

      expect(await stack.send('Delete', first, mode)).toMatchObject({ Status: 'SUCCESS' });
      expect(aws.live).toEqual(before);
      expect(stack.record).toBeUndefined();
    },
  );
});
