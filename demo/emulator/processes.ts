import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure';
import { plain } from '../report/text-layout';

export interface RunOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with each line of output, without colours, to show progress. */
  readonly onLine?: (line: string) => void;
  /** An open file that takes the output instead, for a child that may outlive this process. */
  readonly output?: number;
}

/** Last lines of output that a failure shows. */
const KEPT_LINES = 25;

/** The child processes of the demo. Each leads a process group of its own, so that its descendants end with it. */
export class Processes {
  private readonly groups = new Map<number, ChildProcess>();

  /** @param graceSeconds between SIGTERM and SIGKILL */
  constructor(private readonly graceSeconds = 3) {}

  /** Starts a child that runs until `stop`. Fails if the command does not exist. */
  async start(command: string, args: readonly string[], options: RunOptions): Promise<ChildProcess> {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', options.output ?? 'pipe', options.output ?? 'pipe'],
    });
    // At once: this process may be interrupted at any moment.
    if (child.pid !== undefined) {
      this.groups.set(child.pid, child);
    }
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new Failure(`'${command}' cannot be started: ${error.message}`)));
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on('line', (line) => options.onLine?.(plain(line)));
      }
    }
    return child;
  }

  /** Runs a command to its end and returns its lines of output. Fails with the given message and the last lines. */
  async run(command: string, args: readonly string[], options: RunOptions & { readonly failureMessage: string }): Promise<string[]> {
    const lines: string[] = [];
    const child = await this.start(command, args, {
      ...options,
      onLine: (line) => {
        lines.push(line);
        options.onLine?.(line);
      },
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    this.groups.delete(child.pid as number);
    if (code !== 0) {
      throw new Failure(options.failureMessage, lines.slice(-KEPT_LINES));
    }
    return lines;
  }

  /** Ends every group by SIGTERM, and what is left of it by SIGKILL. */
  async stop(): Promise<void> {
    for (const [pid, child] of this.groups) {
      signal(pid, 'SIGTERM');
      for (let waited = 0; waited < this.graceSeconds && running(child); waited += 0.1) {
        await sleep(100);
      }
    }
    this.kill();
  }

  /** The same without waiting, for the exit of this process. */
  kill(): void {
    for (const pid of this.groups.keys()) {
      signal(pid, 'SIGKILL');
    }
    this.groups.clear();
  }

  /** Lets the children outlive this process; returns their process groups. */
  release(): number[] {
    const pids = [...this.groups.keys()];
    for (const child of this.groups.values()) {
      child.unref();
    }
    this.groups.clear();
    return pids;
  }
}

function running(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // The group has already ended.
  }
}
