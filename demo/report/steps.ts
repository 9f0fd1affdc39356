import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';
import pc from 'picocolors';

export interface Step {
  readonly name: string;
  readonly seconds: number;
}

/** Shows progress with one line a step. On a terminal the line is rewritten while the step runs; in a log it is written at its end. */
export class Steps {
  readonly done: Step[] = [];
  private readonly terminal = process.stdout.isTTY ? process.stdout : undefined;

  /** Runs one step. The work may call `show` with a text that is shown behind the name while it runs. */
  async run<T>(name: string, work: (show: (text: string) => void) => Promise<T>): Promise<T> {
    const start = Date.now();
    const seconds = () => Math.round((Date.now() - start) / 100) / 10;
    const close = (sign: string) => {
      this.rewrite(this.terminal);
      console.log(`${sign} ${name.padEnd(48)} ${pc.dim(`${seconds().toFixed(1)} s`)}`);
    };
    const show = (text: string) => {
      const room = Math.max(0, (this.terminal?.columns || 80) - name.length - 4);
      this.rewrite(this.terminal, `${pc.cyan('…')} ${name} ${pc.dim(text.slice(0, room))}`);
    };
    show('');
    try {
      const result = await work(show);
      close(pc.green('✓'));
      this.done.push({ name, seconds: seconds() });
      return result;
    } catch (error) {
      close(pc.red('✗'));
      throw error;
    }
  }

  /** A progress bar for work of a known size. In a log it is a line every two seconds. */
  bar(total: number, what: string): SingleBar {
    this.rewrite(this.terminal);
    const bar = new SingleBar({
      format: `  {bar} {value} of {total} ${what}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      clearOnComplete: true,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 2000,
      stream: process.stdout,
    });
    bar.start(total, 0);
    return bar;
  }

  private rewrite(terminal: WriteStream | undefined, text = ''): void {
    if (terminal) {
      clearLine(terminal, 0);
      cursorTo(terminal, 0);
      terminal.write(text);
    }
  }
}
