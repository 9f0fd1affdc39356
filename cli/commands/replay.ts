import { Command } from 'commander';
import { focusCsv } from '../focus/focus-csv';
import { FocusLines } from '../focus/focus-lines';
import { notice } from '../notices';
import { choiceOption } from '../options/choice-option';
import { wholeNumber } from '../options/count';
import { periodOf, type PeriodOptions } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { catalogueOption, fromOption, overridesOption, pathsArgument, profilesOption, toOption } from '../options/shared-options';
import { timeZoneOption } from '../options/time-zone';
import { axesOf, KNOWN_AXES } from '../replay/grouping';
import { Outputs } from '../replay/outputs';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import type { ReplayedCall } from '../replay/replayed-call';
import { report } from '../replay/report';
import { summaryCsv } from '../replay/summary-csv';
import { summaryDocument } from '../replay/summary-document';
import { linesOf, SORT_NAMES } from '../replay/summary-lines';
import { summaryColumns } from '../replay/summary-table';
import { markdownTable } from '../tables/markdown-table';
import { columnsOf, countOf, printableJson } from '../terminal';

const FORMATS = ['table', 'json', 'csv', 'markdown', 'focus'] as const;

interface Options extends PeriodOptions, PriceFileOptions {
  readonly json?: string;
  readonly csv?: string;
  readonly by: string;
  readonly top?: string;
  readonly sort?: string;
  readonly timeZone: string;
  readonly format: (typeof FORMATS)[number];
}

/** `replay PATH…`: prices exported logs. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('price exported invocation logs: exact cost by record, model, caller or day, without AWS access')
    .addArgument(pathsArgument())
    .option('--by <what>', `what the summary is by, one or two joined by a comma: ${KNOWN_AXES}`, 'model')
    .addOption(choiceOption('--sort <by>', 'the order of the summary (default: times by name, all else by cost)', SORT_NAMES))
    .option('--top <number>', 'only so many lines of the summary, and the rest in one')
    .addOption(choiceOption('--format <format>', 'how the summary is written', FORMATS).default('table'))
    .option('--json <file>', 'write one line of JSON for each record, to a file or - for stdout')
    .option('--csv <file>', 'write one line of CSV for each record, to a file or - for stdout')
    .addOption(fromOption())
    .addOption(toOption('the last call'))
    .addOption(timeZoneOption())
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .action(replay);
}

async function replay(paths: readonly string[], options: Options): Promise<void> {
  const { by, top, sort, timeZone, format } = options;
  const period = periodOf(options);
  const axes = axesOf(by, timeZone);
  const limit = top === undefined ? Infinity : wholeNumber('--top', top);
  const summary = new ReplaySummary(...axes.groupings);
  const files = await readPriceFilesForLogs(options);
  const focus = format === 'focus' ? new FocusLines(axes.names, files) : undefined;
  const outputs = Outputs.open(options, paths);
  const onCall = focus && ((rated: ReplayedCall) => focus.add(rated));
  process.exitCode = await replayPaths(paths, { ...files, summary, period, outputs: outputs.files, onCall });

  const stream = outputs.useStdout ? process.stderr : process.stdout;
  const lines = linesOf(summary, axes, { sort, top: limit });
  const writers: Readonly<Record<Options['format'], () => string>> = {
    table: () => report(summary, lines, { axes: axes.names, catalogue: files.catalogue, width: columnsOf(stream) }),
    json: () => printableJson(summaryDocument(summary, lines, axes, timeZone)),
    csv: () => summaryCsv(lines, axes),
    markdown: () => markdownTable(summaryColumns(lines, axes.names, files.catalogue), { hasTotal: true }),
    focus: () => focusCsv(focus!, files.catalogue),
  };
  stream.write(`${writers[format]()}\n`);
  if (focus && summary.records.unpriced > 0) {
    notice(`${countOf(summary.records.unpriced, 'call')} without a price: in no line of FOCUS, because unknown costs are not zero`);
  }
}
