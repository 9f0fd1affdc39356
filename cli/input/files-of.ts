import { type Packing, unpacked, unreadable } from './compression';
import type { WalkOptions } from './folder';
import { skipReason, type Source } from './source';

/** Archives within archives. More than these are a mistake or an attack. */
const MAX_DEPTH = 3;

/**
 * The source itself or, where it is an archive, each file in it, one after the other. What cannot be opened is a source that
 * fails when it is read.
 */
export async function* filesOf(source: Source, options: Pick<WalkOptions, 'onSkipped' | 'kept'>, depth = 0): AsyncGenerator<Source> {
  const { name } = source;
  let archive: Packing | undefined;
  try {
    const found = await unpacked(await source.open(), name, options.kept);
    archive = found.archive;
    if (!archive?.entries) return void (yield { name, open: () => found.whole });
    if (depth === MAX_DEPTH) throw new Error('an archive in an archive, too many times');
    for await (const entry of archive.entries(found.whole)) {
      const path = `${name}:${entry.name}`;
      const reason = skipReason(`/${entry.name}`);
      if (reason) options.onSkipped(path, reason);
      else yield* filesOf({ name: path, open: () => entry.stream }, options, depth + 1);
    }
  } catch (error) {
    const failure = archive ? new Error(`${unreadable(archive)} (${(error as Error).message})`) : (error as Error);
    yield { name, open: () => Promise.reject(failure) };
  }
}
