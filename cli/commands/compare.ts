import { Command } from 'commander';
import { compareColumns, compareCsv, compareDocument } from '../compare/compare-report';
import { COMPARE_SORTS, comparedLines, type ComparedLines } from '../compare/compared-lines';
import { type Side, TwoSides } from '../compare/two-sides';
import { ExitCode, Failure } from '../failure';
import { choiceOption } from '../options/choice-option';
import { wholeNumber } from '../options/count';
import { parsePeriod, type Period } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { catalogueOption, overridesOption, pathsArgument, profilesOption } from '../options/shared-options';
import { timeZoneOption } from '../options/time-zone';
import { axesOf, KNOWN_AXES } from '../replay/grouping';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import { fittedTable } from '../tables/fitted-table';
import { markdownTable } from '../tables/markdown-table';
import { formatUsd } from '../../engine/pricing/usd-text';
import { columnsOf, countOf, printableJson } from '../terminal';

const FORMATS = ['table', 'json', 'csv', 'markdown'] as const;
const ALWAYS: Period = { from: -Infinity, until: Infinity };

interface Options extends PriceFileOptions {
  readonly before?: string;
  readonly after?: string;
  readonly by: string;
  readonly sort?: string;
  readonly top?: string;
  readonly timeZone: string;
  readonly format: (typeof FORMATS)[number];
}

/** What is read for one side, or for both where time tells them apart. */
interface Reading {
  readonly paths: readonly string[];
  readonly period: Period;
  readonly sideOf: (time: number) => Side | undefined;
}

/** `compare PATH…`: two periods of the same logs, or two sets of logs. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('compare the cost of two periods, or of two sets of logs')
    .addArgument(pathsArgument())
    .option('--before <period>', 'a day, a month, or the first and the last day: 2026-10-01..2026-10-07')
    .option('--after <period>', 'another one; without the two, the first of two paths is compared with the second')
    .option('--by <what>', `what the lines are by, one or two joined by a comma: ${KNOWN_AXES}`, 'model')
    .addOption(choiceOption('--sort <by>', 'the order of the lines (default: times by name, all else by change)', COMPARE_SORTS))
    .option('--top <number>', 'only so many lines, and the rest in one')
    .addOption(choiceOption('--format <format>', 'how the comparison is written', FORMATS).default('table'))
    .addOption(timeZoneOption())
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .action(compare);
}

async function compare(paths: readonly string[], options: Options): Promise<void> {
  const { by, timeZone, sort, top, format } = options;
  const axes = axesOf(by, timeZone);
  const limit = top === undefined ? Infinity : wholeNumber('--top', top);
  const readings = readingsOf(paths, options);
  const { catalogue, prices, complete } = await readPriceFilesForLogs(options);

  const sides = new TwoSides(axes);
  const codes: ExitCode[] = [];
  for (const { paths, period, sideOf } of readings) {
    const summary = new ReplaySummary();
    const onCall: Parameters<typeof replayPaths>[1]['onCall'] = (rated, cost) => {
      const side = sideOf(rated.call.time);
      if (side) sides.add(side, rated, cost);
    };
    codes.push(await replayPaths(paths, { prices, complete, summary, period, onCall }));
  }
  process.exitCode = Math.max(...codes);

  const lines = comparedLines(sides.lines, axes, { sort, top: limit });
  const writers: Readonly<Record<Options['format'], () => string>> = {
    table: () => {
      const { text } = fittedTable(compareColumns(lines, axes, catalogue), columnsOf(process.stdout), { hasTotal: true });
      return `${text}\n\n${sentences(lines)}`;
    },
    json: () => printableJson(compareDocument(lines, axes, timeZone)),
    csv: () => compareCsv(lines, axes),
    markdown: () => markdownTable(compareColumns(lines, axes, catalogue), { hasTotal: true }),
  };
  process.stdout.write(`${writers[format]()}\n`);
}

/** @throws Failure unless there are two periods, or two paths */
function readingsOf(paths: readonly string[], { before, after, timeZone }: Options): readonly Reading[] {
  if (before === undefined && after === undefined && paths.length === 2) {
    return (['before', 'after'] as const).map((side, at) => ({ paths: [paths[at]!], period: ALWAYS, sideOf: () => side }));
  }
  if (before === undefined || after === undefined) {
    throw new Failure("name two paths, or two periods with '--before' and '--after', as in --before 2026-10 --after 2026-11");
  }
  const periods = { before: parsePeriod('--before', before, timeZone), after: parsePeriod('--after', after, timeZone) };
  const isIn = ({ from, until }: Period, time: number): boolean => time >= from && time < until;
  if (periods.before.until > periods.after.from && periods.after.until > periods.before.from) {
    throw new Failure(`'--before' and '--after' must have no time in common, got '${before}' and '${after}'`);
  }
  const period = {
    from: Math.min(periods.before.from, periods.after.from),
    until: Math.max(periods.before.until, periods.after.until),
  };
  const sideOf = (time: number): Side | undefined =>
    isIn(periods.before, time) ? 'before' : isIn(periods.after, time) ? 'after' : undefined;
  return [{ paths, period, sideOf }];
}

/** The exact amounts, and what is in none of them. */
function sentences({ total: { before, after } }: ComparedLines): string {
  const unpriced = before.rated - before.priced + after.rated - after.priced;
  return [
    `  exactly USD ${formatUsd(before.low, 2)} before and ${formatUsd(after.low, 2)} after`,
    ...(unpriced === 0 ? [] : [`  ${countOf(unpriced, 'call')} without a price: in no amount`]),
  ].join('\n');
}
