import { dirname } from 'node:path/posix';
import * as fc from 'fast-check';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { Ownership } from '../../../lambda/configure-logging/ownership';
import { Reconciler } from '../../../lambda/configure-logging/reconciler';
import { cases } from '../../cases';
import { configuration, type Mode } from './stack-life';

const WANTED = [configuration('stack'), configuration('stack', { s3Config: { bucketName: 'archive' } }), configuration('moved')];
const FOREIGN = [undefined, configuration('foreign', { textDataDeliveryEnabled: false }), configuration('third')];

/** `lost` makes the change and fails; `cut off` fails when the record is written for the second time, after the change. */
type Fault = 'none' | 'denied' | 'lost' | 'cut off';

/** The resources: a construct of one stack under its first and its second logical id, and the construct of another stack. */
const RESOURCES = ['/records/one/First', '/records/one/Second', '/records/two/First'] as const;
type Resource = (typeof RESOURCES)[number];

/** The account's setting and the ownership records in memory: thousands of lives take a second. */
class MemoryAccount {
  live: LoggingConfig | undefined;
  readonly records = new Map<string, Ownership>();
  /** The resources of which CloudFormation knows. */
  readonly deployed = new Set<Resource>();
  fault: Fault = 'none';
  private writes = 0;

  private readonly setting = {
    get: () => Promise.resolve(this.live),
    getLater: () => Promise.resolve(this.live),
    put: (wanted: LoggingConfig) => this.change(wanted),
    restore: (former: LoggingConfig) => this.change(former).then(() => true),
    delete: () => this.change(undefined),
  };

  /** A stack update, which may fail. A create that fails is deleted. */
  async update(resource: Resource, wanted: LoggingConfig, mode: Mode, fault: Fault): Promise<void> {
    this.fault = fault;
    this.writes = 0;
    const reconciler = this.reconciler(resource);
    const isUpdate = this.deployed.has(resource);
    const options = { previous: undefined, isUpdate, mayReplace: mode === 'replace' };
    this.deployed.add(resource);
    const works = await (mode === 'adopt' ? reconciler.adopt() : reconciler.apply(wanted, options)).then(
      () => true,
      () => false,
    );
    this.fault = 'none';
    if (!works && !isUpdate) {
      await this.delete(resource, wanted);
    }
  }

  /** A construct of the first stack gets its other logical id: CloudFormation makes the new resource and deletes the old one. */
  async rename(wanted: LoggingConfig, mode: Mode): Promise<void> {
    const [first, second] = RESOURCES;
    const [old, renamed] = this.deployed.has(first) ? [first, second] : [second, first];
    if (this.deployed.has(old)) {
      await this.update(renamed, wanted, mode, 'none');
      if (this.deployed.has(renamed)) {
        await this.delete(old, wanted);
      }
    }
  }

  async delete(resource: Resource, wanted: LoggingConfig): Promise<void> {
    await this.reconciler(resource).release({ wanted, mayReplace: true });
    this.deployed.delete(resource);
  }

  private reconciler(resource: Resource): Reconciler {
    return new Reconciler(this.setting, {
      parameterName: resource,
      read: () => Promise.resolve(this.records.get(resource)),
      others: () =>
        Promise.resolve(
          [...this.records]
            .filter(([name]) => name !== resource)
            .map(([name, ownership]) => ({ name, ownership, isOfThisStack: dirname(name) === dirname(resource) })),
        ),
      write: (ownership, name = resource) => {
        this.writes += 1;
        if (this.fault === 'cut off' && this.writes > 1) return Promise.reject(new Error('cut off'));
        this.records.set(name, ownership);
        return Promise.resolve();
      },
      remove: () => {
        this.records.delete(resource);
        return Promise.resolve();
      },
    });
  }

  private change(live: LoggingConfig | undefined): Promise<void> {
    if (this.fault === 'denied') return Promise.reject(new Error('denied'));
    this.live = live;
    return this.fault === 'lost' ? Promise.reject(new Error('lost')) : Promise.resolve();
  }
}

const modes = fc.constantFrom<Mode[]>('fail', 'replace', 'adopt');
const update = fc.record({
  kind: fc.constant('update' as const),
  resource: fc.constantFrom(RESOURCES[0], RESOURCES[2]),
  wanted: fc.constantFrom(...WANTED),
  mode: modes,
  fault: fc.constantFrom<Fault[]>('none', 'none', 'denied', 'lost', 'cut off'),
});
const rename = fc.record({ kind: fc.constant('rename' as const), wanted: fc.constantFrom(...WANTED), mode: modes });
const hand = fc.record({ kind: fc.constant('hand' as const), live: fc.constantFrom(...FOREIGN.filter((each) => each !== undefined)) });
const life = fc.tuple(fc.constantFrom(...FOREIGN), fc.array(fc.oneof(update, update, rename, hand), { maxLength: 8 }), fc.boolean());

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

test('in any life a foreign configuration is replaced on request only, and is back when the stacks are deleted', async () => {
  await fc.assert(
    fc.asyncProperty(life, async ([start, steps, isFirstDeletedFirst]) => {
      const account = new MemoryAccount();
      let theirs = (account.live = start);
      for (const step of steps) {
        if (step.kind === 'hand') {
          theirs = account.live = step.live;
          continue;
        }
        // A configuration that was given back for an adoption may be replaced again: rolling the update back does that.
        const isHandedBack = [...account.records.values()].some(({ handedBack }) => handedBack);
        const isProtected = theirs !== undefined && account.live === theirs && !isHandedBack;
        if (step.kind === 'rename') {
          await account.rename(step.wanted, step.mode);
        } else {
          await account.update(step.resource, step.wanted, step.mode, step.fault);
        }
        if (isProtected && step.mode !== 'replace') expect(account.live).toEqual(theirs);
      }
      const deployed = [...account.deployed];
      for (const resource of isFirstDeletedFirst ? deployed : deployed.reverse()) {
        await account.delete(resource, WANTED[0]!);
      }
      expect(account.live).toEqual(theirs);
      expect([...account.records]).toEqual([]);
    }),
    { numRuns: cases(3_000, 60_000) },
  );
});
