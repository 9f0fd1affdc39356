import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { AccountSetting } from './account-setting';
import { describe, sameConfiguration, sameDestination } from './configuration';
import type { Ownership, OwnershipRecord } from './ownership';

/** Brings the account's setting to what the stack asks for, and never loses a setting that the stack did not make. */
export class Reconciler {
  constructor(
    private readonly setting: AccountSetting,
    private readonly record: OwnershipRecord,
  ) {}

  /** Create and update. The answer is the name of the log group that receives the records. */
  async apply(wanted: LoggingConfig, { isUpdate, mayReplace }: { isUpdate: boolean; mayReplace: boolean }): Promise<string> {
    const [record, live] = [await this.record.read(), await this.setting.get()];
    const logGroupName = wanted.cloudWatchConfig?.logGroupName ?? '';

    if (live && sameConfiguration(live, wanted)) {
      await this.record.write({ former: record ? record.former : live, ours: [wanted] });
      return logGroupName;
    }
    if (live && !mayReplace && !isOurs(live, record) && !wasHandedBack(live, record)) {
      if (isUpdate && record?.ours[0] && sameConfiguration(record.ours[0], wanted)) {
        // Asks for what was put last: a failed update is rolled back to a state in which the setting was already another's.
        console.warn(`left as it is, another configuration is in place: ${describe(live)}`);
        return logGroupName;
      }
      throw new Error(refusal(live));
    }

    const former = live && isOurs(live, record) ? (record?.former ?? null) : (live ?? null);
    await this.record.write({ former, ours: [wanted, ...(record?.ours ?? [])] });
    await this.setting.put(wanted);
    await this.record.write({ former, ours: [wanted] });
    return logGroupName;
  }

  /** Create and update in adopt mode. The answer is the name of the log group that already receives the records. */
  async adopt(): Promise<string> {
    const [record, live] = [await this.record.read(), await this.setting.get()];
    const ours = live !== undefined && isOurs(live, record);
    const adopted = ours ? record?.former : live;

    const logGroupName = adopted?.cloudWatchConfig?.logGroupName;
    if (!adopted || !logGroupName) {
      const found = ours ? 'only the configuration this stack made itself' : live ? describe(live) : 'none';
      throw new Error(
        `'onExisting' is ExistingConfiguration.ADOPT, which needs a logging configuration with a CloudWatch log group in this account and Region; ` +
          `found: ${found}; set one up first, or use ExistingConfiguration.FAIL or REPLACE to let this stack make one`,
      );
    }
    if (ours && !(await this.setting.restore(adopted))) {
      throw new Error(`the former configuration cannot be adopted, Bedrock no longer accepts it: ${describe(adopted)}`);
    }
    if (record) {
      await this.record.write({ ...record, handedBack: true });
    }
    return logGroupName;
  }

  /** Delete. Whatever is not ours any more stays. */
  async release(): Promise<void> {
    const record = await this.record.read();
    if (!record) {
      return;
    }
    const live = record.handedBack ? undefined : await this.setting.get();
    if (live && isOurs(live, record)) {
      if (!record.former) {
        await this.setting.delete();
      } else if (!(await this.setting.restore(record.former))) {
        console.warn(`the former configuration is removed, Bedrock no longer accepts it: ${describe(record.former)}`);
        await this.setting.delete();
      }
    } else if (live) {
      console.warn(`left as it is, not made by this stack: ${describe(live)}`);
    }
    await this.record.remove();
  }
}

// Other flags at our destination are still ours: whoever changed them did not take the setting over.
function isOurs(live: LoggingConfig, record: Ownership | undefined): boolean {
  return record !== undefined && !record.handedBack && record.ours.some((put) => sameDestination(put, live));
}

function wasHandedBack(live: LoggingConfig, record: Ownership | undefined): boolean {
  return Boolean(record?.handedBack && record.former && sameConfiguration(record.former, live));
}

function refusal(live: LoggingConfig): string {
  return (
    `this account and Region already have a Bedrock invocation logging configuration that this stack did not make (${describe(live)}); ` +
    `there can be only one, so either set 'onExisting' to ExistingConfiguration.ADOPT to use its log group and change nothing, ` +
    `or to ExistingConfiguration.REPLACE to replace it and give it back when the stack is deleted, ` +
    `or remove it with "aws bedrock delete-model-invocation-logging-configuration", and deploy again`
  );
}
