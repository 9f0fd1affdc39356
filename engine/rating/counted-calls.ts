import type { Call } from '../records/call';
import type { Duplicates } from './duplicates';

/** What a record of a call says about it: that it used something, that it failed, or neither. */
export type CountedAs = 'consumed' | 'failed' | 'empty';

/**
 * Finds out what is new in a record. A call can have several records, in any order: one of what it used, one that says that
 * it failed. Each is counted once, and the call is one call.
 */
export class CountedCalls {
  /** While it is false, no record of a consumption can be the second of its call: two look-ups less for each. */
  private knowsOthers = false;

  constructor(private readonly seen: Duplicates) {}

  /** Remembers a record, and says as what its call was counted before: undefined where it is the first of its call. */
  public add(call: Call, consumed: boolean): CountedAs | 'copy' | undefined {
    const { errorCode } = call;
    const id = idOf(call);
    if (id === undefined) {
      return undefined;
    }
    if (consumed && !this.seen.add(id)) {
      return 'copy';
    }
    const before = this.before(id, consumed);
    if (!consumed && (errorCode === undefined ? before !== undefined : before === 'failed')) {
      return 'copy';
    }
    if (!consumed || errorCode !== undefined) {
      this.knowsOthers = true;
      this.seen.add(keyOf(id, errorCode === undefined ? 'empty' : 'failed'));
    }
    return before;
  }

  /** Whether something that the call used was counted. */
  public hasConsumed(call: Call): boolean {
    const id = idOf(call);
    return id !== undefined && this.seen.has(id);
  }

  /** @param isFirstConsumed whether it is known already that nothing that the call used was counted */
  private before(id: string, isFirstConsumed: boolean): CountedAs | undefined {
    if (this.has(id, 'failed')) {
      return 'failed';
    }
    return !isFirstConsumed && this.seen.has(id) ? 'consumed' : this.has(id, 'empty') ? 'empty' : undefined;
  }

  private has(id: string, kind: 'failed' | 'empty'): boolean {
    return this.knowsOthers && this.seen.has(keyOf(id, kind));
  }
}

/** Apart from the id itself, which is that of what was used: an empty record does not suppress the priced one after it. */
const keyOf = (id: string, kind: 'failed' | 'empty'): string => `${id} ${kind}`;

/** Without a request id, two records are of one call only if they are the same log event. */
const idOf = ({ requestId, eventId }: Call): string | undefined => requestId ?? eventId;
