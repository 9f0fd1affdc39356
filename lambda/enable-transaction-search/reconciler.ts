import type { NamedOwnership, OwnershipRecord } from '../shared/ownership-record';
import { retry, type RetryPolicy } from '../shared/retry';
import { NotYet } from './not-yet';
import { IndexingPercentage } from './indexing-percentage';
import type { Ownership } from './ownership';
import { type Need, SIDS } from './policy-document';
import { noLogGroup, otherKey, otherPercentage } from './refusals';
import type { SpanDestination } from './span-destination';
import type { SpanLogGroup } from './span-log-group';
import type { SpanPolicies } from './span-policies';

/** What a resource asks for. */
export interface Wanted {
  readonly needs: readonly Need[];
  readonly percentage?: number;
  readonly encryptionKeyArn?: string;
}

interface ReconcilerProps {
  readonly record: OwnershipRecord<Ownership>;
  readonly destination: SpanDestination;
  readonly logGroup: SpanLogGroup;
  readonly policies: SpanPolicies;
  readonly retryPolicy: RetryPolicy;
}

/** Switches Transaction Search on where it is off, adopts it where it is on, and undoes only what this library did. */
export class Reconciler {
  private readonly percentage: IndexingPercentage;

  constructor(private readonly props: ReconcilerProps) {
    this.percentage = new IndexingPercentage(props.destination, props.record);
  }

  /** Create and update. */
  async apply(wanted: Wanted): Promise<void> {
    const { record } = this.props;
    const others = await record.others();
    requireSamePercentage(wanted, others);
    let own = (await record.read()) ?? {};
    // Also where nothing is changed, because one that is deleted must know that others rely on Transaction Search.
    await record.write(own);
    own = await this.allow(wanted, own, others);
    own = await this.switchOn(wanted, own);
    await this.untilReady(wanted, own);
    await this.encrypt(wanted, own);
    await this.percentage.apply(wanted.percentage, own, others);
  }

  /** Delete: what was changed is undone, unless another resource relies on it, which then has to undo it. */
  async release(): Promise<void> {
    const { record, destination, policies } = this.props;
    const own = await record.read();
    if (own === undefined) {
      console.warn('nothing is changed: the record of what this stack changed is gone');
      return;
    }
    const left = await this.percentage.release(own, await record.others());
    const [heir] = await record.others();
    if (heir) {
      const { switchedOn = left.switchedOn, policyName = left.policyName } = heir.ownership;
      await record.write({ ...heir.ownership, switchedOn, policyName }, heir.name);
    } else {
      if (left.switchedOn && (await destination.isOn())) {
        await destination.switchOff();
      }
      // While it is on, others may rely on the policy.
      if (left.policyName && !(await destination.isOn())) {
        await policies.remove(left.policyName, Object.values(SIDS));
      }
    }
    await record.remove();
  }

  private async allow({ needs }: Wanted, own: Ownership, others: readonly NamedOwnership<Ownership>[]): Promise<Ownership> {
    const { record, policies } = this.props;
    let { policyName } = own;
    await policies.allow(needs, policyName ?? others.find(({ ownership }) => ownership.policyName)?.ownership.policyName, async (name) => {
      policyName = name;
      await record.write({ ...own, policyName });
    });
    const refused = Object.values(SIDS).filter((sid) => !needs.some((need) => need.sid === sid));
    if (policyName !== undefined && refused.length > 0 && others.length === 0) {
      await policies.remove(policyName, refused);
    }
    return { ...own, policyName };
  }

  private async switchOn({ encryptionKeyArn }: Wanted, own: Ownership): Promise<Ownership> {
    const { record, destination, logGroup } = this.props;
    if (await destination.isOn()) {
      return own;
    }
    const switched = { ...own, switchedOn: true };
    await record.write(switched);
    try {
      // X-Ray takes a key only for a log group that it makes.
      await destination.switchOn((await logGroup.find()) ? undefined : encryptionKeyArn);
    } catch (error) {
      if (wasRefused(error)) {
        await record.write(own);
      }
      throw error;
    }
    return switched;
  }

  /** Reports from users: the first time, the log group is sometimes made only once the destination is changed again. */
  private async untilReady({ encryptionKeyArn }: Wanted, { switchedOn = false }: Ownership): Promise<void> {
    const { destination, logGroup, retryPolicy } = this.props;
    const now = Date.now();
    const half = now + (retryPolicy.deadline - now) / 2;
    if (await this.isReadyBy(switchedOn ? half : retryPolicy.deadline)) {
      return;
    }
    if (switchedOn) {
      await destination.switchOff();
      await destination.switchOn((await logGroup.find()) ? undefined : encryptionKeyArn);
      if (await this.isReadyBy(retryPolicy.deadline)) {
        return;
      }
    }
    throw new Error(noLogGroup(switchedOn));
  }

  private async isReadyBy(deadline: number): Promise<boolean> {
    const { destination, logGroup, retryPolicy } = this.props;
    const attempt = async () => {
      if (!(await destination.isActive()) || !(await logGroup.find())) {
        throw new NotYet('Transaction Search is not ready');
      }
    };
    try {
      await retry(attempt, { ...retryPolicy, deadline });
      return true;
    } catch (error) {
      if (error instanceof NotYet) {
        return false;
      }
      throw error;
    }
  }

  private async encrypt({ encryptionKeyArn }: Wanted, { switchedOn }: Ownership): Promise<void> {
    const { logGroup } = this.props;
    const actual = encryptionKeyArn === undefined ? undefined : (await logGroup.find())?.kmsKeyId;
    if (encryptionKeyArn === undefined || actual === encryptionKeyArn) {
      return;
    }
    if (!switchedOn) {
      throw new Error(otherKey(encryptionKeyArn, actual));
    }
    await logGroup.encrypt(encryptionKeyArn);
  }
}

/** Those of this stack may be on their way out: a construct that was renamed has two resources for a while. */
function requireSamePercentage({ percentage }: Wanted, others: readonly NamedOwnership<Ownership>[]): void {
  for (const { name, ownership, isOfThisStack } of others) {
    const [other] = ownership.percentages ?? [];
    if (!isOfThisStack && percentage !== undefined && other !== undefined && other !== percentage) {
      throw new Error(otherPercentage(percentage, other, name));
    }
  }
}

/** Whether AWS answered that nothing was changed. Without an answer it may have been. */
function wasRefused(error: unknown): boolean {
  const { $metadata } = ((error as Error).cause ?? {}) as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}
