import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { AccountSetting } from './account-setting';
import { describe, sameConfiguration, sameDestination } from './configuration';
import { decide, ownerOf } from './decision';
import type { OwnershipRecord } from '../shared/ownership-record';
import type { NamedRecord, Ownership } from './ownership';
import { formerLost, mayNotGiveBack, nothingToAdopt, refusal } from './refusals';

export interface ApplyOptions {
  /** The configuration that the update starts from, as CloudFormation knows it; undefined for a create. */
  readonly previous: LoggingConfig | undefined;
  readonly isUpdate: boolean;
  readonly mayReplace: boolean;
}

export interface ReleaseOptions {
  /** What the resource asked for last; undefined if it adopted. */
  readonly wanted: LoggingConfig | undefined;
  readonly mayReplace: boolean;
}

/** What a request finds in the account. */
interface Found {
  readonly record: Ownership | undefined;
  readonly live: LoggingConfig | undefined;
  readonly others: readonly NamedRecord[];
  /** The record of the resource of this library that put what is live. */
  readonly owner: NamedRecord | undefined;
  readonly isOwner: boolean;
}

/** Brings the account's setting to what the stack asks for. A setting that the stack did not make is never lost. */
export class Reconciler {
  constructor(
    private readonly setting: Pick<AccountSetting, keyof AccountSetting>,
    private readonly record: Pick<OwnershipRecord<Ownership>, 'parameterName' | 'read' | 'write' | 'remove' | 'others'>,
  ) {}

  /**
   * Create and update.
   *
   * @returns the name of the log group that receives the records
   */
  async apply(wanted: LoggingConfig, { previous, ...options }: ApplyOptions): Promise<string> {
    const found = await this.look(previous);
    const { record, live, owner, isOwner } = found;
    switch (decide({ wanted, live, record, owner, ...options })) {
      case 'confirm':
        await this.record.write({ ...(await this.takeTurn(found, isOwner || !owner)), ours: [wanted] });
        break;
      case 'put':
        await this.put(wanted, found, await this.takeTurn(found, isOwner || !live));
        break;
      case 'leave':
        console.warn(`left as it is, another configuration is in place: ${describe(live ?? {})}`);
        if (record) {
          await this.record.write({ ...record, refused: false });
        }
        break;
      case 'refuse':
        if (record) {
          await this.record.write({ ...record, refused: true });
        }
        throw new Error(refusal(live ?? {}));
    }
    return wanted.cloudWatchConfig?.logGroupName ?? '';
  }

  /**
   * Create and update in adopt mode.
   *
   * @returns the name of the log group that already receives the records
   */
  async adopt(): Promise<string> {
    const { record, live, others, isOwner: ours } = await this.look();
    const adopted = ours ? record?.former : live;

    const logGroupName = adopted?.cloudWatchConfig?.logGroupName;
    if (!adopted || !logGroupName) {
      throw new Error(nothingToAdopt(live, ours));
    }
    if (ours && !(await this.setting.restore(adopted))) {
      throw new Error(`the former configuration cannot be adopted, Bedrock no longer accepts it: ${describe(adopted)}`);
    }
    if (record) {
      await this.handOver(record, others);
      await this.record.write({ ...record, handedBack: true });
    }
    return logGroupName;
  }

  /**
   * Delete: gives the former configuration back, unless someone else has taken the setting over.
   */
  async release({ wanted, mayReplace }: ReleaseOptions): Promise<void> {
    const { record, live, others, owner, isOwner } = await this.look();
    if (!record) {
      if (live && wanted && sameDestination(live, wanted) && !owner) {
        throw new Error(formerLost(this.record.parameterName, live));
      }
      return;
    }
    await this.handOver(record, others);
    if (live && isOwner) {
      await this.giveBack(record.former, live, mayReplace);
    } else if (live && !record.handedBack) {
      console.warn(`left as it is, another resource or person has put it: ${describe(live)}`);
    }
    await this.record.remove();
  }

  private async look(previous?: LoggingConfig): Promise<Found> {
    const [stored, live, others] = [await this.record.read(), await this.setting.get(), await this.record.others()];
    const record = stored ?? recordFrom(previous, live);
    const own = record && { name: this.record.parameterName, ownership: record, isOfThisStack: true };
    const owner = ownerOf(live, own ? [...others, own] : others);
    return { record, live, others, owner, isOwner: owner !== undefined && owner === own };
  }

  /**
   * The record is written before the change: if the change is cut off, the next request still knows what may be in place. The
   * setting is read again a while after it, because Bedrock takes the configurations of two stacks at once without an error.
   */
  private async put(wanted: LoggingConfig, { record, live }: Found, turn: Omit<Ownership, 'ours'>): Promise<void> {
    await this.record.write({ ...turn, ours: [wanted, ...(record?.ours ?? [])] });
    await this.setting.put(wanted, live);
    const now = await this.setting.getLater();
    if (!now || !sameDestination(now, wanted)) {
      throw new Error(refusal(now ?? {}));
    }
    await this.record.write({ ...turn, ours: [wanted] });
  }

  /**
   * What is written down before a change: what is to be given back after it. That is what the record has, as long as the live
   * configuration is not someone else's, and otherwise that one.
   */
  private async takeTurn({ record, live, others }: Found, isKnown: boolean): Promise<Omit<Ownership, 'ours'>> {
    const turn = 1 + Math.max(record?.turn ?? 0, ...others.map(({ ownership }) => ownership.turn ?? 0));
    if (record && isKnown) {
      return { former: record.former, over: record.over, turn };
    }
    if (record) {
      await this.handOver(record, others);
    }
    return { former: live ?? null, over: ownerOf(live, others)?.name, turn };
  }

  /** Tells the resources of this library that put their configuration over this one which configuration was there before both. */
  private async handOver({ former, over }: Ownership, others: readonly NamedRecord[]): Promise<void> {
    for (const { name, ownership } of others.filter((other) => other.ownership.over === this.record.parameterName)) {
      await this.record.write({ ...ownership, former, over }, name);
    }
  }

  /**
   * A configuration to give back may say where all prompts go, and whoever may write the record can change it. Where nothing may
   * be replaced nothing was replaced, so only our own destination is put back.
   */
  private async giveBack(former: LoggingConfig | null, live: LoggingConfig, mayReplace: boolean): Promise<void> {
    if (former && sameConfiguration(former, live)) {
      return;
    }
    if (former && !mayReplace && !sameDestination(former, live)) {
      throw new Error(mayNotGiveBack(former));
    }
    if (former && (await this.setting.restore(former))) {
      return;
    }
    if (former) {
      console.warn(`the former configuration is removed, Bedrock no longer accepts it: ${describe(former)}`);
    }
    await this.setting.delete();
  }
}

/** For a record that was lost: a configuration that delivers to where CloudFormation sent it was put by this resource. */
function recordFrom(previous: LoggingConfig | undefined, live: LoggingConfig | undefined): Ownership | undefined {
  return previous && live && sameDestination(previous, live) ? { former: null, ours: [previous] } : undefined;
}
