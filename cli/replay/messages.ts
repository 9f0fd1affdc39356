import { reasonOf } from '../input/input-error';
import type { SkipReason } from '../input/source';
import { messageFor, type MessageStream } from '../notices';
import { Progress } from '../progress';
import { countOf, formatNumber } from '../terminal';

/** Malformed records that are named one by one. The others are counted. */
const MAX_NAMED = 10;

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  body: 'bodies below data/',
  permissionCheck: 'permission checks',
  noLog: 'files that are no logs',
};

/** Messages on stderr while records are read: progress, if stderr is a terminal, and everything that could not be read. */
export class Messages {
  private unreadableSources = 0;
  private malformedRecords = 0;
  private readonly skippedObjects = new Map<SkipReason, { readonly count: number; readonly first: string }>();
  private readonly shown: Progress;
  private readonly startedAt: number;

  constructor(
    private readonly stream: MessageStream,
    private readonly clock: () => number = Date.now,
    /** What names the records that are only counted here. */
    private readonly listedBy?: string,
  ) {
    this.startedAt = clock();
    this.shown = new Progress(stream, clock);
  }

  /** Whether everything could be read. */
  public get complete(): boolean {
    return this.unreadableSources + this.malformedRecords === 0;
  }

  /** On a terminal: what is being read, and how fast. */
  public progress(name: string, count: number, what = 'record'): void {
    this.shown.show(() => {
      const perSecond = Math.round((1000 * count) / Math.max(1, this.clock() - this.startedAt));
      return `${countOf(count, what)}, ${formatNumber(perSecond)} a second: ${name}`;
    });
  }

  public malformed(where: string, reason: string): void {
    this.malformedRecords += 1;
    if (this.malformedRecords <= MAX_NAMED) this.print(`${where}: ${reason}`);
  }

  public unreadable(name: string, error: Error): void {
    this.unreadableSources += 1;
    this.print(`${name}: ${reasonOf(error)}`);
  }

  public skipped(name: string, reason: SkipReason): void {
    const { count, first } = this.skippedObjects.get(reason) ?? { count: 0, first: name };
    this.skippedObjects.set(reason, { count: count + 1, first });
  }

  /** Erases the progress and prints what was only counted so far. */
  public end(): void {
    this.shown.erase();
    const unnamed = this.malformedRecords - MAX_NAMED;
    if (unnamed > 0)
      this.print(`${countOf(unnamed, 'more record')} cannot be read${this.listedBy === undefined ? '' : `: ${this.listedBy} lists them`}`);
    for (const [reason, { count, first }] of this.skippedObjects) {
      this.print(`skipped ${SKIPPED[reason]}: ${formatNumber(count)}, the first is ${first}`);
    }
  }

  private print(text: string): void {
    this.shown.erase();
    this.stream.write(messageFor(this.stream, text));
  }
}
