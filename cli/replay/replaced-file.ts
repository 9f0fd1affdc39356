import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Files that are not whole yet. They are removed when the process ends, however it does. */
const unfinished = new Set<string>();
let removesAtEnd = false;

/**
 * A file that takes its name when it is whole: until then it has another name in the same folder, and a file that was there
 * stays as it was. What is no regular file, such as /dev/null or a pipe, is written to at once.
 */
export class ReplacedFile {
  /** Where it is written until it is whole. */
  public readonly temporaryPath: string;
  private readonly path: string;
  private readonly descriptor: number;

  /** @throws if it cannot be created */
  constructor(path: string) {
    const before = existsSync(path) ? statSync(path) : undefined;
    // Through a symbolic link, which stays.
    this.path = before ? realpathSync(path) : path;
    const isReplaced = before === undefined || before.isFile();
    this.temporaryPath = isReplaced ? join(dirname(this.path), `.${basename(this.path)}.${process.pid}.tmp`) : this.path;
    // Before there is a file, which a signal would leave behind. Signals arrive when nothing runs.
    removeAtEnd();
    this.descriptor = isReplaced ? openSync(this.temporaryPath, 'wx', before?.mode) : openSync(this.path, 'w');
    if (isReplaced) unfinished.add(this.temporaryPath);
  }

  public write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(this.descriptor, bytes, at);
  }

  public close(): void {
    closeSync(this.descriptor);
    if (unfinished.delete(this.temporaryPath)) renameSync(this.temporaryPath, this.path);
  }

  /** Leaves nothing behind. */
  public discard(): void {
    if (!unfinished.has(this.temporaryPath)) return;
    closeSync(this.descriptor);
    remove(this.temporaryPath);
  }
}

function remove(path: string): void {
  unfinished.delete(path);
  rmSync(path, { force: true });
}

function removeAtEnd(): void {
  if (removesAtEnd) return;
  removesAtEnd = true;
  process.on('exit', () => unfinished.forEach(remove));
  // 128 and the number of the signal, as a shell has it.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}
