import { withDeadline } from './deadline';

/** How long look-ups may take, in milliseconds. */
export interface LookUpLimits {
  /** One look-up, all attempts and the body included. */
  readonly each: number;
  /** All optional look-ups of one batch together. */
  readonly batch: number;
}

/** Nothing is asked in less: AWS does not answer so soon, and a timer may end a millisecond early and leave a rest of the budget. */
const SHORTEST = 5;

/** Thrown for a look-up that was not tried, because the batch has used up its time. It says nothing about what was to be asked. */
export class NotTried extends Error {
  public override readonly name = 'NotTried';

  constructor(what: string, ms: number) {
    super(`${what} was not asked, because other look-ups of the batch used up their ${ms} ms`);
  }
}

/**
 * Bounds what a batch waits for. Without its optional look-ups a batch can be metered, with unpriced calls at worst. A batch
 * that waits until the timeout of the function is lost, and so are those that are sent after it.
 */
export class LookUps {
  private left: number;
  private failed = 0;
  private running = 0;
  private since = 0;

  constructor(private readonly limits: LookUpLimits) {
    this.left = limits.batch;
  }

  /** To be called before each batch. */
  public begin(): void {
    this.left = this.limits.batch;
  }

  /** A look-up without which the batch can be metered. Rejects like `ask`, at the latest when the time of the batch is over. */
  public async optional<T>(what: string, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const remaining = this.remaining();
    if (remaining < SHORTEST) {
      throw new NotTried(what, this.limits.batch);
    }
    return this.timed(() => withDeadline(what, Math.min(this.limits.each, Math.ceil(remaining)), ask));
  }

  /** A look-up without which every price would be wrong. It has as much time as all others together, and does not use up theirs. */
  public required<T>(what: string, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withDeadline(what, this.limits.batch, ask);
  }

  /** Counts look-ups that failed, or whose answer cannot be used. */
  public addFailed(count: number): void {
    this.failed += count;
  }

  /** How many failed since this was last called. */
  public takeFailed(): number {
    const { failed } = this;
    this.failed = 0;
    return failed;
  }

  /** Time counts while a look-up waits, and once where several wait together. */
  private remaining(): number {
    return this.running === 0 ? this.left : this.left - (performance.now() - this.since);
  }

  private async timed<T>(ask: () => Promise<T>): Promise<T> {
    if (this.running === 0) {
      this.since = performance.now();
    }
    this.running += 1;
    try {
      return await ask();
    } finally {
      this.running -= 1;
      if (this.running === 0) {
        this.left -= performance.now() - this.since;
      }
    }
  }
}
