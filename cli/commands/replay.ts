import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { Command } from 'commander';
import { Failure } from '../failure';
import { periodOf, type PeriodOptions } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { catalogueOption, fromOption, overridesOption, pathsArgument, profilesOption, toOption } from '../options/shared-options';
import { AXES, groupingOf } from '../replay/grouping';
import { OutputFile } from '../replay/output-file';
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
    .option('--json <file>', 'write one line of JSON for each record')
    .option('--csv <file>', 'write one line of CSV for each record')
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
  const { json, csv } = options;
  const excluded = [json, csv].flatMap((path) => (path === undefined ? [] : outputPath(path, paths)));
  const outputs = [...(json === undefined ? [] : [OutputFile.json(json)]), ...(csv === undefined ? [] : [OutputFile.csv(csv)])];
  process.exitCode = await replayPaths(paths, { prices, complete, summary, period, outputs, excluded });
  process.stdout.write(`${report(summary, options.by)}\n`);
}

/**
 * The real path of an output, which is not read as input.
 *
 * @throws Failure if it exists among the inputs: it is a file of the user's, not one of an earlier run
 */
function outputPath(path: string, inputs: readonly string[]): string {
  const real = join(realPathOf(dirname(path)), basename(path));
  const input = inputs.find((each) => existsSync(each) && !relative(realPathOf(each), real).startsWith('..'));
  if (input !== undefined && existsSync(real)) {
    throw new Failure(`'${path}' would be overwritten, but it is in '${input}', which is to be read: write to another place`);
  }
  return real;
}

const realPathOf = (path: string): string => (existsSync(path) ? realpathSync(path) : path);
