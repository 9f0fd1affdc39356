import { realpath, stat } from 'node:fs/promises';
import { filesOf } from './files-of';
import { filesIn, fileSource, type WalkOptions } from './folder';
import type { Source, StoredFile } from './source';

/**
 * Everything to read, in the order in which the user named it: files, folders, S3 prefixes, `-` for stdin, and what is in
 * archives. Each source is to be read before the next one is asked for.
 */
export async function* sourcesOf(paths: readonly string[], options: WalkOptions): AsyncGenerator<Source> {
  for (const path of paths) {
    try {
      for await (const source of sourcesAt(path, options)) yield* filesOf(source, options);
    } catch (error) {
      options.onUnreadable(path, error as Error);
    }
  }
}

async function* sourcesAt(path: string, options: WalkOptions): AsyncGenerator<StoredFile> {
  if (path === '') throw new Error('a path is empty: is a variable of the shell empty?');
  if (path === '-') {
    yield { name: 'stdin', open: () => process.stdin };
  } else if (path.startsWith('s3://')) {
    const { objectsIn } = await import('./s3-objects.lazy.js');
    yield* objectsIn(path, options.onSkipped);
  } else if ((await stat(path)).isDirectory()) {
    yield* filesIn(path, options);
  } else {
    const real = await realpath(path);
    if (!options.visited.has(real)) yield fileSource(path);
    options.visited.add(real);
  }
}
