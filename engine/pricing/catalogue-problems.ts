import { Catalogue } from './catalogue';
import type { PriceRow } from './price-row';
import { rowConflicts } from './row-conflicts';
import { KINDS } from './kinds';

/** The kinds of lines of a catalogue: the name of their first field. */
const LINE_KINDS: ReadonlySet<string> = new Set([
  'catalogue',
  'source',
  'regionSet',
  'reason',
  'leftOut',
  'gap',
  'half',
  'model',
  'alias',
  'price',
]);
const GRADES: ReadonlySet<string> = new Set(['A', 'B', 'C', 'D']);
const AS_OF = /^\d{4}-\d{2}(-\d{2})?$/;

/**
 * Everything for which a catalogue must not be used, as messages: lines that cannot be read, rows that name a model, source
 * or reason without a line of its own, and rows that would price the same call. None where the catalogue is good.
 */
export function problemsOf(text: string): string[] {
  const problems = text.split('\n').flatMap((line, at) => problemOfLine(line, at + 1));
  if (problems.length > 0) return problems;

  const catalogue = Catalogue.fromText(text);
  const priced = new Set(catalogue.lines<{ price: string }>('price').map(({ price }) => price));
  const unknown = [...priced].filter((model) => !catalogue.model(model)).map((model) => `'${model}' has prices but no line of its own`);
  const aliases = catalogue.lines<{ alias: string; of: string }>('alias').flatMap(({ alias, of }) => {
    if (!catalogue.model(of)) return [`'${alias}' is an alias of '${of}', which is not a model`];
    return catalogue.model(alias) ? [`'${alias}' is a model and an alias`] : [];
  });
  const names = namesOf(catalogue);
  return [
    ...unknown,
    ...aliases,
    ...repeatedModels(catalogue),
    ...halfLineProblems(catalogue),
    ...[...priced].flatMap((model) => problemsOfModel(catalogue, model, names)),
  ];
}

function problemOfLine(line: string, number: number): string[] {
  if (line === '') return [];
  try {
    const first = Object.keys(JSON.parse(line) as object)[0] ?? '';
    if (!LINE_KINDS.has(first))
      return [`line ${number}: '${first}' is not known as the first field: use one of ${[...LINE_KINDS].join(', ')}`];
    // Catalogue searches the text for the beginnings of lines, blanks included.
    return line.startsWith(`{"${first}":`) && !line.startsWith(`{"${first}": `) ? [] : [`line ${number}: no blanks outside of texts`];
  } catch (error) {
    return [`line ${number}: not JSON: ${(error as Error).message}`];
  }
}

function repeatedModels(catalogue: Catalogue): string[] {
  const ids = catalogue.lines<{ model: string }>('model').map(({ model }) => model);
  return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `'${id}' has two lines of its own`);
}

interface HalfLine {
  readonly half: string;
  readonly regions?: unknown;
  readonly kinds?: unknown;
  readonly because?: unknown;
}

function halfLineProblems(catalogue: Catalogue): string[] {
  return catalogue.lines<HalfLine>('half').flatMap(({ half, regions, kinds, because }) => {
    const checks: [boolean, string][] = [
      [catalogue.model(half) !== undefined, 'it must name a model of the catalogue'],
      [isTexts(regions), "'regions' must list Regions"],
      [isTexts(kinds) && kinds.every((kind) => Object.hasOwn(KINDS, kind)), "'kinds' must list kinds that have prices"],
      [typeof because === 'string' && because !== '', "'because' must say why the rates are not known"],
    ];
    return checks.filter(([holds]) => !holds).map(([, problem]) => `half row of '${half}': ${problem}`);
  });
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

interface Names {
  readonly sources: ReadonlySet<string>;
  readonly reasons: ReadonlySet<string>;
}

function namesOf(catalogue: Catalogue): Names {
  return {
    sources: new Set(catalogue.lines<{ source: string }>('source').map(({ source }) => source)),
    reasons: new Set(catalogue.lines<{ reason: string }>('reason').map(({ reason }) => reason)),
  };
}

function problemsOfModel(catalogue: Catalogue, model: string, names: Names): string[] {
  try {
    const rows = catalogue.rows(model);
    return [...rowConflicts(rows), ...rows.flatMap((row) => problemsOfRow(row, names))];
  } catch (error) {
    return [`'${model}': ${(error as Error).message}`];
  }
}

function problemsOfRow({ id, raw }: PriceRow, { sources, reasons }: Names): string[] {
  const checks: [boolean, string][] = [
    [raw.sources.length > 0 && raw.sources.every((source) => sources.has(source)), `'sources' must name sources of the catalogue`],
    [GRADES.has(raw.grade), `'grade' must be one of ${[...GRADES].join(', ')}, got '${raw.grade}'`],
    [AS_OF.test(raw.asOf), `'asOf' must be a month or a day like '2026-11-21', got '${raw.asOf}'`],
    [raw.why === undefined || reasons.has(raw.why), `'why' must name a reason of the catalogue, got '${raw.why}'`],
  ];
  return checks.filter(([holds]) => !holds).map(([, problem]) => `'${id}': ${problem}`);
}
