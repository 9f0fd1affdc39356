import { once } from 'node:events';
import { Failure } from '../failure';
import { reasonNotWritten } from '../input/input-error';
import { ReplacedFile } from '../replay/replaced-file';

/** Written in pieces of this many characters. */
const PIECE = 64 * 1024;

/** Writes lines to a file that an option names, or to stdout for `-`. Holds a piece of them at a time. */
export async function writeLines(lines: Iterable<string>, option: string, path: string): Promise<void> {
  if (path === '-') return printLines(lines);
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new Failure(`'${option}' cannot be written to '${path}': ${reasonNotWritten(error as Error)}`);
    }
  };
  const file = attempt(() => new ReplacedFile(path));
  for (const piece of pieces(lines)) attempt(() => file.write(piece));
  attempt(() => file.close());
}

export async function printLines(lines: Iterable<string>): Promise<void> {
  for (const piece of pieces(lines)) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}

function* pieces(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
