import * as fc from 'fast-check';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { Ownership } from '../../../lambda/configure-logging/ownership';
import { Reconciler } from '../../../lambda/configure-logging/reconciler';
import { cases } from '../../cases';
import { configuration, type Mode } from './stack-life';

const WANTED = [configuration('stack'), configuration('stack', { s3Config: { bucketName: 'archive' } }), configuration('moved')];
const FOREIGN = [undefined, configuration('foreign', { textDataDeliveryEnabled: false }), configuration('third')];

jest.setTimeout(120_000);

/** `lost` makes the change and fails; `cut off` fails when the record is written for the second time, after the change. */
type Fault = 'none' | 'denied' | 'lost' | 'cut off';

/** The account's setting and the ownership record in memory: thousands of lives take a second. */
class MemoryAccount {
  live: LoggingConfig | undefined;
  ownership: Ownership | undefined;
  fault: Fault = 'none';
  private writes = 0;

  readonly setting = {
    get: () => Promise.resolve(this.live),
    put: (wanted: LoggingConfig) => this.change(wanted),
    restore: (former: LoggingConfig) => this.change(former).then(() => true),
    delete: () => this.change(undefined),
  };

  readonly record = {
    read: () => Promise.resolve(this.ownership),
    write: (ownership: Ownership) => {
      this.writes += 1;
      if (this.fault === 'cut off' && this.writes > 1) return Promise.reject(new Error('cut off'));
      this.ownership = ownership;
      return Promise.resolve();
    },
    remove: () => Promise.resolve((this.ownership = undefined)),
  };

  /** A stack update, which may fail. */
  async update(wanted: LoggingConfig, mode: Mode, fault: Fault): Promise<void> {
    this.fault = fault;
    this.writes = 0;
    const reconciler = new Reconciler(this.setting, this.record);
    const updated = mode === 'adopt' ? reconciler.adopt() : reconciler.apply(wanted, { isUpdate: true, mayReplace: mode === 'replace' });
    await updated.catch(() => undefined);
    this.fault = 'none';
  }

  private change(live: LoggingConfig | undefined): Promise<void> {
    if (this.fault === 'denied') return Promise.reject(new Error('denied'));
    this.live = live;
    return this.fault === 'lost' ? Promise.reject(new Error('lost')) : Promise.resolve();
  }
}

const update = fc.record({
  kind: fc.constant('update' as const),
  wanted: fc.constantFrom(...WANTED),
  mode: fc.constantFrom<Mode[]>('fail', 'replace', 'adopt'),
  fault: fc.constantFrom<Fault[]>('none', 'none', 'denied', 'lost', 'cut off'),
});
const hand = fc.record({ kind: fc.constant('hand' as const), live: fc.constantFrom(...FOREIGN) });
const life = fc.tuple(fc.constantFrom(...FOREIGN), fc.array(fc.oneof(update, hand), { maxLength: 8 }));

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

test('in any life a foreign configuration is replaced on request only, and is back when the stack is deleted', async () => {
  await fc.assert(
    fc.asyncProperty(life, async ([start, steps]) => {
      const account = new MemoryAccount();
      let theirs = (account.live = start);
      for (const step of steps) {
        if (step.kind === 'hand') {
          theirs = account.live = step.live;
          continue;
        }
        // A configuration that was given back for an adoption may be replaced again: rolling the update back does that.
        const isProtected = theirs !== undefined && account.live === theirs && !account.ownership?.handedBack;
        await account.update(step.wanted, step.mode, step.fault);
        if (isProtected && step.mode !== 'replace') expect(account.live).toEqual(theirs);
      }
      await new Reconciler(account.setting, account.record).release();
      expect(account.live).toEqual(theirs);
      expect(account.ownership).toBeUndefined();
    }),
    { numRuns: cases(3_000, 60_000) },
  );
});
