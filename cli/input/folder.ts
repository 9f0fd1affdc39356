import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { skipped, type Skipped, type Source } from './source';

/** What a walk through a folder needs to know and to tell. */
export interface WalkOptions {
  /** Real paths that are not read (again): they are added to. */
  readonly visited: Set<string>;
  readonly onSkipped: (name: string, why: Skipped) => void;
}

/** The files of a folder and of those below it, in the order of their names: S3 delivers by date and hour. */
export async function* filesIn(root: string, options: WalkOptions, folder = root): AsyncGenerator<Source> {
  const names = (await readdir(folder)).sort();
  for (const name of names) {
    const path = join(folder, name);
    const [found, real] = await Promise.all([stat(path), realpath(path)]).catch(() => [undefined, path] as const);
    if (options.visited.has(real)) continue;
    options.visited.add(real);
    if (found?.isDirectory()) {
      yield* filesIn(root, options, path);
      continue;
    }
    const why = skipped(relative(root, path).replaceAll('\\', '/'));
    if (why) options.onSkipped(path, why);
    // What cannot be examined is opened all the same, so that its error is told.
    else if (!found || found.isFile()) yield fileSource(path);
  }
}

export const fileSource = (path: string): Source => ({ name: path, open: () => createReadStream(path) });
