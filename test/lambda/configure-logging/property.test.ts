import * as fc from 'fast-check';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { cases } from '../../cases';
import { FakeAws } from './fake-aws';
import { configuration, StackLife } from './stack-life';

const first = configuration('stack');
const second = configuration('stack', { imageDataDeliveryEnabled: true, s3Config: { bucketName: 'archive' } });
const foreign = configuration('foreign', { textDataDeliveryEnabled: false });

const aws = new FakeAws();
const stack = new StackLife(aws, 'random');

beforeAll(async () => {
  await aws.start();
  stack.start();
});
afterAll(() => Promise.all([stack.stop(), aws.stop()]));

test('deleting the stack leaves the setting that was last made by hand, after any updates of the stack', async () => {
  const configurations = fc.constantFrom(undefined, foreign, configuration('third'));
  const update = fc.record({
    kind: fc.constantFrom('works' as const, 'denied' as const, 'lost' as const),
    wanted: fc.constantFrom(first, second),
    mode: fc.constantFrom('fail' as const, 'replace' as const),
  });
  const hand = fc.record({ kind: fc.constant('hand' as const), live: fc.constantFrom(foreign, configuration('third')) });

  await fc.assert(
    fc.asyncProperty(configurations, fc.array(fc.oneof(update, hand), { maxLength: 6 }), async (start, steps) => {
      aws.reset();
      aws.live = start;
      let theirs: LoggingConfig | undefined = start;

      for (const step of steps) {
        if (step.kind === 'hand') {
          theirs = aws.live = step.live;
        } else {
          aws.breakWith(step.kind === 'works' ? undefined : { kind: step.kind, action: /PUTSetting/ });
          await stack.send('Update', step.wanted, step.mode);
          aws.breakWith();
        }
      }

      expect(await stack.send('Delete', first, 'replace')).toMatchObject({ Status: 'SUCCESS' });
      expect(aws.live).toEqual(theirs);
      expect(stack.record).toBeUndefined();
    }),
    { numRuns: cases(10, 60) },
  );
}, 120_000);
