import { readFile } from 'node:fs/promises';
import { Failure } from '../failure';
import { reasonOf } from '../input/input-error';

/** The text of a file that an option names. */
export async function readText(option: string, file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Failure(`'${option}' names a file that cannot be read, '${file}': ${reasonOf(error as Error)}`);
  }
}

export async function readJson(option: string, file: string): Promise<unknown> {
  const text = await readText(option, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`'${option}' must name a JSON file, but '${file}' is not JSON: ${(error as Error).message}`);
  }
}
