import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure';

export interface RunOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with each line of output, to show that something happens. */
  readonly onLine?: (line: string) => void;
  /** An open file that takes the output instead, for a child that may outlive this process. */
  readonly output?: number;
}

/** Lines of output kept for the report of a failure. */
const KEPT_LINES = 25;

/**
 * The children of the demo. Each leads a process group of its own, so that its descendants end with it.
 */
export class Processes {
  private readonly groups = new Map<number, ChildProcess>();

  /** @param graceSeconds after which a group that ignores SIGTERM is killed */
  constructor(private readonly graceSeconds = 3) {}

  /** Starts a child that lives until `stop`. Throws at once if the command does not exist. */
  async start(command: string, args: readonly string[], options: RunOptions): Promise<ChildProcess> {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', options.output ?? 'pipe', options.output ?? 'pipe'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new Failure(`'${command}' cannot be started: ${error.message}`)));
    });
    const pid = child.pid as number;
    this.groups.set(pid, child);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on('line', (line) => options.onLine?.(line));
      }
    }
    return child;
  }

  /** Runs a command to its end and returns its output. Fails with the given sentence and the last lines. */
  async run(command: string, args: readonly string[], options: RunOptions & { readonly otherwise: string }): Promise<string[]> {
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
      throw new Failure(options.otherwise, lines.slice(-KEPT_LINES));
    }
    return lines;
  }

  /** Ends every group: SIGTERM first, SIGKILL for what is left of it. */
  async stop(): Promise<void> {
    for (const [pid, child] of this.groups) {
      signal(pid, 'SIGTERM');
      for (let waited = 0; waited < this.graceSeconds && running(child); waited += 0.1) {
        await sleep(100);
      }
    }
    this.kill();
  }

  /** The same without waiting, for the last moment of this process. */
  kill(): void {
    for (const pid of this.groups.keys()) {
      signal(pid, 'SIGKILL');
    }
    this.groups.clear();
  }

  /** Forgets the children without ending them: they outlive this process. */
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
