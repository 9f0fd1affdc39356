import { union } from '../../engine/price-list/union';
import { Catalogue } from '../../engine/pricing/catalogue';
import { problemsOf } from '../../engine/pricing/catalogue-problems';
import { type RawRow, readRow } from '../../engine/pricing/price-row';
import { Failure } from '../failure';
import { reasonOf } from '../input/input-error';
import { textOfS3Object } from '../input/s3-object';
import { readText } from './option-file';

/** Problems that are named. The others are counted. */
const MAX_NAMED = 3;

const LINE = /^line \d+: /;
const FIRST_NAME = /^'([^']*)'/;

/**
 * The catalogue in a file or an S3 object, joined with the built-in one as the deployed meter joins what a refresh has stored.
 */
export async function readCatalogue(file: string): Promise<Catalogue> {
  const text = file.startsWith('s3://') ? await readObject(file) : await readText('--catalogue', file);
  const problems = text.trim() === '' ? ['it is empty'] : problemsOf(text);
  if (problems.length > 0) {
    const named = problems.slice(0, MAX_NAMED).map((problem) => withLine(problem, text));
    const more = problems.length > MAX_NAMED ? `; and ${problems.length - MAX_NAMED} more` : '';
    throw new Failure(`'--catalogue' cannot be used: ${named.join('; ')}${more}, in '${file}'`);
  }
  return union(Catalogue.builtIn(), Catalogue.fromText(text));
}

async function readObject(url: string): Promise<string> {
  try {
    return await textOfS3Object(url);
  } catch (error) {
    throw new Failure(`'--catalogue' names an object that cannot be read: ${reasonOf(error as Error)}, at '${url}'`);
  }
}

/** A problem with the line on which it is. Those of lines that can be read on their own only name a model or a row. */
function withLine(problem: string, text: string): string {
  const name = FIRST_NAME.exec(problem)?.[1];
  if (LINE.test(problem) || name === undefined) return problem;
  const catalogue = Catalogue.fromText(text);
  const lines = text.split('\n');
  const [model] = name.split('/');
  const ofModel = lines.flatMap((line, at) => (beginsWith(line, model) ? [at] : []));
  const at = ofModel.find((each) => isRow(lines[each]!, name, catalogue)) ?? ofModel[0];
  return at === undefined ? problem : `line ${at + 1}: ${problem}`;
}

const beginsWith = (line: string, name: string | undefined): boolean =>
  ['price', 'model', 'alias'].some((kind) => line.startsWith(`{"${kind}":${JSON.stringify(name)}`));

/** Whether a line is the row of that name, or a row that cannot be read. */
function isRow(line: string, name: string, catalogue: Catalogue): boolean {
  const row = JSON.parse(line) as Partial<RawRow>;
  if (row.price === undefined) return false;
  try {
    return readRow(row as RawRow, (set) => catalogue.regionSet(set)).id === name;
  } catch {
    return true;
  }
}
