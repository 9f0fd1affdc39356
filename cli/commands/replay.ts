import { Command } from 'commander';
import { periodOf, type PeriodOptions } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { catalogueOption, fromOption, overridesOption, pathsArgument, profilesOption, toOption } from '../options/shared-options';
import { AXES, groupingOf } from '../replay/grouping';
import { Outputs } from '../replay/outputs';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import { report } from '../replay/report';

interface Options extends PeriodOptions, PriceFileOptions {
  readonly json?: string;
  readonly csv?: string;
  readonly by: string;
}

/** `replay PATH…`: prices exported logs. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('price exported invocation logs: exact cost by record, model, caller or day, without AWS access')
    .addArgument(pathsArgument())
    .option('--json <file>', 'write one line of JSON for each record, to a file or - for stdout')
    .option('--csv <file>', 'write one line of CSV for each record, to a file or - for stdout')
    .option('--by <what>', `what the table is by: ${Object.keys(AXES).join(', ')} or meta:KEY`, 'model')
    .addOption(fromOption())
    .addOption(toOption('the last call'))
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .action(replay);
}

async function replay(paths: readonly string[], options: Options): Promise<void> {
  const period = periodOf(options);
  const summary = new ReplaySummary(groupingOf(options.by));
  const { prices, complete } = await readPriceFilesForLogs(options);
  const { files, useStdout } = Outputs.open(options, paths);
  process.exitCode = await replayPaths(paths, { prices, complete, summary, period, outputs: files });
  (useStdout ? process.stderr : process.stdout).write(`${report(summary, options.by)}\n`);
}
