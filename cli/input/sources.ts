import { realpath, stat } from 'node:fs/promises';
import { filesIn, fileSource, type WalkOptions } from './folder';
import type { Source } from './source';

/** Everything to read, in the order in which the user named it: files, folders, S3 prefixes, and `-` for stdin. */
export async function* sourcesOf(paths: readonly string[], options: WalkOptions): AsyncGenerator<Source> {
  for (const path of paths) {
    try {
      yield* sourcesAt(path, options);
    } catch (error) {
      options.onUnreadable(path, error as Error);
    }
  }
}

async function* sourcesAt(path: string, options: WalkOptions): AsyncGenerator<Source> {
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
