import { Command } from 'commander';
import { Failure } from '../failure';
import { periodOf, type PeriodOptions } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { catalogueOption, fromOption, overridesOption, pathsArgument, profilesOption, toOption } from '../options/shared-options';
import { axesOf, KNOWN_AXES } from '../replay/grouping';
import { Outputs } from '../replay/outputs';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import { report } from '../replay/report';

interface Options extends PeriodOptions, PriceFileOptions {
  readonly json?: string;
  readonly csv?: string;
  readonly by: string;
  readonly top?: string;
}

/** `replay PATH…`: prices exported logs. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('price exported invocation logs: exact cost by record, model, caller or day, without AWS access')
    .addArgument(pathsArgument())
    .option('--json <file>', 'write one line of JSON for each record, to a file or - for stdout')
    .option('--csv <file>', 'write one line of CSV for each record, to a file or - for stdout')
    .option('--by <what>', `what the table is by, one or two joined by a comma: ${KNOWN_AXES}`, 'model')
    .option('--top <number>', 'only so many rows of the table, and the rest in one')
    .addOption(fromOption())
    .addOption(toOption('the last call'))
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .action(replay);
}

async function replay(paths: readonly string[], options: Options): Promise<void> {
  const period = periodOf(options);
  const axes = axesOf(options.by);
  const top = options.top === undefined ? Infinity : wholeNumber('--top', options.top);
  const summary = new ReplaySummary(...axes.groupings);
  const { prices, complete } = await readPriceFilesForLogs(options);
  const { files, useStdout } = Outputs.open(options, paths);
  process.exitCode = await replayPaths(paths, { prices, complete, summary, period, outputs: files });
  (useStdout ? process.stderr : process.stdout).write(`${report(summary, axes, top)}\n`);
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Failure(`'${option}' must be a whole number from 1 on, got '${text}'`);
  return Number(text);
}
