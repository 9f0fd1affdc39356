import { ByteReader } from './byte-reader';
import type { WalkOptions } from './folder';
import { type Part, partsOf, unreadable } from './parts';
import { skipReason, type Source, type StoredFile } from './source';

/** Archives within archives. More than these are a mistake or an attack. */
const MAX_DEPTH = 3;

/**
 * The source itself or, where it is an archive, each file in it, one after the other. What cannot be opened is a source that
 * fails when it is read.
 */
export async function* filesOf(source: StoredFile, options: Pick<WalkOptions, 'onSkipped' | 'kept'>, depth = 0): AsyncGenerator<Source> {
  const { name } = source;
  let first: Part | undefined;
  try {
    const parts = partsOf(new ByteReader(await source.open()), { name, kept: options.kept });
    for (let next = await parts.next(); !next.done; next = await parts.next()) {
      first = next.value;
      if (!first.packing?.entries) return void (yield { name, parts: () => joined(first!, parts) });
      if (depth === MAX_DEPTH) throw new Error('an archive in an archive, too many times');
      for await (const entry of first.packing.entries(first.bytes)) {
        const path = `${name}:${entry.name}`;
        const reason = skipReason(`/${entry.name}`);
        if (reason) options.onSkipped(path, reason);
        else yield* filesOf({ name: path, open: () => entry.stream }, options, depth + 1);
      }
    }
    if (!first) yield { name, parts: () => parts };
  } catch (error) {
    const failure = first?.packing ? new Error(`${unreadable(first.packing)} (${(error as Error).message})`) : (error as Error);
    yield { name, parts: () => partsOf(new ByteReader(failing(failure))) };
  }
}

async function* joined(first: Part, others: AsyncIterable<Part>): AsyncGenerator<Part> {
  yield first;
  yield* others;
}

// eslint-disable-next-line require-yield, @typescript-eslint/require-await -- it fails before it could
async function* failing(error: Error): AsyncGenerator<Buffer> {
  throw error;
}
