import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { AccountSetting } from './account-setting';
import { describe } from './configuration';
import { decide, isOurs, type Situation } from './decision';
import type { OwnershipRecord } from './ownership';

/** Brings the account's setting to what the stack asks for. A setting that the stack did not make is never lost. */
export class Reconciler {
  constructor(
    private readonly setting: Pick<AccountSetting, keyof AccountSetting>,
    private readonly record: Pick<OwnershipRecord, 'read' | 'write' | 'remove'>,
  ) {}

  /**
   * Create and update.
   *
   * @returns the name of the log group that receives the records
   */
  async apply(wanted: LoggingConfig, options: Pick<Situation, 'isUpdate' | 'mayReplace'>): Promise<string> {
    const [record, live] = [await this.record.read(), await this.setting.get()];
    const situation = { wanted, live, record, ...options };
    switch (decide(situation)) {
      case 'confirm':
        await this.record.write({ former: record ? record.former : (live ?? null), ours: [wanted] });
        break;
      case 'put':
        await this.put(situation);
        break;
      case 'leave':
        console.warn(`left as it is, another configuration is in place: ${describe(live ?? {})}`);
        break;
      case 'refuse':
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
    const [record, live] = [await this.record.read(), await this.setting.get()];
    const ours = isOurs(live, record);
    const adopted = ours ? record?.former : live;

    const logGroupName = adopted?.cloudWatchConfig?.logGroupName;
    if (!adopted || !logGroupName) {
      throw new Error(nothingToAdopt(live, ours));
    }
    if (ours && !(await this.setting.restore(adopted))) {
      throw new Error(`the former configuration cannot be adopted, Bedrock no longer accepts it: ${describe(adopted)}`);
    }
    if (record) {
      await this.record.write({ ...record, handedBack: true });
    }
    return logGroupName;
  }

  /** Delete: gives the former configuration back, unless someone else has taken the setting over. */
  async release(): Promise<void> {
    const record = await this.record.read();
    if (!record) {
      return;
    }
    const live = record.handedBack ? undefined : await this.setting.get();
    if (isOurs(live, record)) {
      await this.giveBack(record.former);
    } else if (live) {
      console.warn(`left as it is, not made by this stack: ${describe(live)}`);
    }
    await this.record.remove();
  }

  /** The record is written before the change: if the change is cut off, the next request still knows what may be in place. */
  private async put({ wanted, live, record }: Situation): Promise<void> {
    const former = (isOurs(live, record) ? record?.former : live) ?? null;
    await this.record.write({ former, ours: [wanted, ...(record?.ours ?? [])] });
    await this.setting.put(wanted);
    await this.record.write({ former, ours: [wanted] });
  }

  private async giveBack(former: LoggingConfig | null): Promise<void> {
    if (former && (await this.setting.restore(former))) {
      return;
    }
    if (former) {
      console.warn(`the former configuration is removed, Bedrock no longer accepts it: ${describe(former)}`);
    }
    await this.setting.delete();
  }
}

function refusal(live: LoggingConfig): string {
  return (
    `this account and Region already have a Bedrock invocation logging configuration that this stack did not make (${describe(live)}); ` +
    `there can be only one, so either set 'onExisting' to ExistingConfiguration.ADOPT to use its log group and change nothing, ` +
    `or to ExistingConfiguration.REPLACE to replace it and give it back when the stack is deleted, ` +
    `or remove it with "aws bedrock delete-model-invocation-logging-configuration", and deploy again`
  );
}

function nothingToAdopt(live: LoggingConfig | undefined, ours: boolean): string {
  const foreign = live ? describe(live) : 'none';
  return (
    `'onExisting' is ExistingConfiguration.ADOPT, which needs a logging configuration with a CloudWatch log group in this account and Region; ` +
    `found: ${ours ? 'only the configuration this stack made itself' : foreign}; ` +
    `set one up first, or use ExistingConfiguration.FAIL or REPLACE to let this stack make one`
  );
}
