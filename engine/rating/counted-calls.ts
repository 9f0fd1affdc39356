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
  public add({ requestId, errorCode }: Call, consumed: boolean): CountedAs | 'copy' | undefined {
    if (requestId === undefined) {
      return undefined;
    }
    if (consumed && !this.seen.add(requestId)) {
      return 'copy';
    }
    const before = this.before(requestId, consumed);
    if (!consumed && (errorCode === undefined ? before !== undefined : before === 'failed')) {
      return 'copy';
    }
    if (!consumed || errorCode !== undefined) {
      this.knowsOthers = true;
      this.seen.add(keyOf(requestId, errorCode === undefined ? 'empty' : 'failed'));
    }
    return before;
  }

  /** Whether something that the call used was counted. */
  public hasConsumed({ requestId }: Call): boolean {
    return requestId !== undefined && this.seen.has(requestId);
  }

  /** @param isFirstConsumed whether it is known already that nothing that the call used was counted */
  private before(requestId: string, isFirstConsumed: boolean): CountedAs | undefined {
    if (this.has(requestId, 'failed')) {
      return 'failed';
    }
    return !isFirstConsumed && this.seen.has(requestId) ? 'consumed' : this.has(requestId, 'empty') ? 'empty' : undefined;
  }

  private has(requestId: string, kind: 'failed' | 'empty'): boolean {
    return this.knowsOthers && this.seen.has(keyOf(requestId, kind));
  }
}

/** Apart from the id itself, which is that of what was used: an empty record does not suppress the priced one after it. */
const keyOf = (requestId: string, kind: 'failed' | 'empty'): string => `${requestId} ${kind}`;
