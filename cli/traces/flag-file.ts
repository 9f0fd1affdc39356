import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Failure } from '../failure';
import { reasonOf } from '../input/input-error';
import { changeS3Object, textOfS3Object } from '../input/s3-object';
import { ReplacedFile } from '../replay/replaced-file';
import { Flags } from './flags';

/** In the folder in which the command runs. */
export const DEFAULT_FLAG_FILE = 'traces-flags.json';

/** The flags of a file, of an S3 object, or of the usual file where there is one. */
export async function readFlags(path: string | undefined): Promise<Flags> {
  const from = path ?? (existsSync(DEFAULT_FLAG_FILE) ? DEFAULT_FLAG_FILE : undefined);
  if (from === undefined) return new Flags();
  return Flags.fromText(await attempt('read', from, () => (isS3(from) ? textOfS3Object(from) : readFile(from, 'utf8'))), from);
}

/** Changes the flags of a file, which is made where there is none. */
export async function changeFlags(path: string, change: (flags: Flags) => Flags): Promise<void> {
  const changed = (text: string | undefined): string => change(text === undefined ? new Flags() : Flags.fromText(text, path)).text;
  if (isS3(path)) {
    return attempt('written', path, () => changeS3Object(path, changed));
  }
  const text = changed(existsSync(path) ? await attempt('read', path, () => readFile(path, 'utf8')) : undefined);
  await attempt('written', path, () => {
    const file = new ReplacedFile(path);
    file.write(text);
    file.close();
  });
}

const isS3 = (path: string): boolean => path.startsWith('s3://');

async function attempt<T>(what: 'read' | 'written', path: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`'--flags' cannot be ${what}: ${reasonOf(error as Error)}, at '${path}'`);
  }
}
