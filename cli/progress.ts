import { cutInMiddle } from './tables/text-width';
import type { MessageStream } from './notices';
import { columnsOf, printable } from './terminal';

const INTERVAL_MS = 200;

/** Goes to the first column and erases the line. */
const ERASE_LINE = '\r\x1b[K';

/** One line on a terminal that says what a command is doing. Nothing where stderr is no terminal. */
export class Progress {
  private lastAt = 0;
  private isShown = false;

  constructor(
    private readonly stream: MessageStream,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Rewrites the line, five times a second at most. The text is made only if it is shown. */
  public show(text: () => string): void {
    const now = this.clock();
    if (!this.stream.isTTY || now - this.lastAt < INTERVAL_MS) return;
    this.lastAt = now;
    this.isShown = true;
    // One column less than there are: some terminals wrap a line that fills the last one.
    this.stream.write(ERASE_LINE + cutInMiddle(printable(text()), columnsOf(this.stream) - 1));
  }

  public erase(): void {
    if (this.isShown) this.stream.write(ERASE_LINE);
    this.isShown = false;
  }
}
