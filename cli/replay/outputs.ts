import { existsSync, fstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { Failure } from '../failure';
import { OutputFile } from './output-file';

/** The path that stands for stdin where something is read and for stdout where something is written. */
const STANDARD = '-';

/** The outputs that the user asked for, none of which harms an input. */
export class Outputs {
  /**
   * Opens the outputs.
   *
   * @throws Failure if one of them is an input under any name, is among the inputs, or is another output
   */
  public static open(paths: { readonly json?: string; readonly csv?: string }, inputs: readonly string[]): Outputs {
    const { json, csv } = paths;
    if (json !== undefined && csv !== undefined && targetOf(json) === targetOf(csv)) {
      throw new Failure(`'--json' and '--csv' both write to '${json}': name two files`);
    }
    [json, csv].forEach((path) => path !== undefined && path !== STANDARD && checkInputs(path, inputs));
    const files = [...(json === undefined ? [] : [OutputFile.json(json)]), ...(csv === undefined ? [] : [OutputFile.csv(csv)])];
    return new Outputs(files, json === STANDARD || csv === STANDARD);
  }

  private constructor(
    public readonly files: readonly OutputFile[],
    /** Whether records go to stdout, which leaves stderr for everything else. */
    public readonly useStdout: boolean,
  ) {}
}

/** @throws Failure if the output is an input, or exists among the inputs: it is a file of the user's, not one of an earlier run */
function checkInputs(path: string, inputs: readonly string[]): void {
  if (!existsSync(path)) return;
  const target = statSync(path);
  const real = realpathSync(path);
  const input = inputs.find((each) =>
    each === STANDARD ? isSame(fstatSync(0), target) : existsSync(each) && (isSame(statSync(each), target) || isInside(each, real)),
  );
  if (input !== undefined) {
    const where = input === STANDARD ? 'stdin' : `'${input}'`;
    throw new Failure(`'${path}' would be overwritten, but it is in ${where}, which is to be read: write to another place`);
  }
}

/** One file has the same numbers under each of its names. Devices such as /dev/null can be read and written. */
const isSame = (one: Stats, other: Stats): boolean => one.isFile() && one.dev === other.dev && one.ino === other.ino;

const isInside = (folder: string, path: string): boolean => !relative(realpathSync(folder), path).startsWith('..');

function targetOf(path: string): string {
  if (path === STANDARD) return path;
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(path);
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
}
