import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { TraceRun } from '../../engine/agents/trace-run';
import { ExitCode, Failure } from '../failure';
import { periodOf, type PeriodOptions } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { catalogueOption, fromOption, overridesOption, profilesOption, tracePathsArgument, toOption } from '../options/shared-options';
import { countOf, printableJson } from '../terminal';
import { readRuns } from '../traces/read-runs';
import { jsonOutputOption, ledgerOption, recordsOption, select, type SelectionOptions, SORTS } from '../traces/trace-options';
import { outputOf } from '../traces/trace-output';
import { listText, showText, toolsText } from '../traces/trace-text';

interface Options extends PeriodOptions, PriceFileOptions, SelectionOptions {
  readonly ledger?: readonly string[];
  readonly records?: readonly string[];
  readonly region: string;
  readonly json?: string;
}

interface View {
  readonly description: string;
  readonly wanted?: (run: TraceRun) => boolean;
  readonly text: (runs: readonly TraceRun[]) => string;
}

const VIEWS: Readonly<Record<string, View>> = {
  list: { description: 'one line for each trace', text: listText },
  show: { description: 'each trace as a tree, with the cost of each model call', text: showText },
  failed: { description: 'traces in which something failed', wanted: ({ errors }) => errors > 0, text: showText },
  tools: { description: 'which tools ran, and how often they failed', wanted: ({ tools }) => tools.length > 0, text: toolsText },
};

const DEFAULT_REGION = 'us-east-1';

/** `traces list|show|failed|tools PATH…`: what runs of agents did and cost. */
export function tracesCommand(): Command {
  const command = new Command('traces').description('what agents did and cost: spans counted once, joined with the ledger or the log');
  for (const [name, view] of Object.entries(VIEWS)) {
    const subcommand = new Command(name).description(view.description);
    command.addCommand(
      subcommand
        .addArgument(tracePathsArgument())
        .addOption(ledgerOption())
        .addOption(recordsOption())
        .option('--session <id>', 'only traces of this session')
        .option('--agent <name>', 'only traces in which this agent ran')
        .addOption(fromOption())
        .addOption(toOption('the last trace'))
        .option('--sort <by>', `by ${Object.keys(SORTS).join(', ')}`, 'time')
        .option('--limit <count>', 'no more traces than these')
        .option('--offset <count>', 'leave out the first ones')
        .option('--region <region>', 'of spans that do not name theirs', DEFAULT_REGION)
        .addOption(jsonOutputOption())
        .addOption(catalogueOption())
        .addOption(overridesOption())
        .addOption(profilesOption())
        .action((paths: readonly string[], options: Options) => traces(view, paths, options)),
    );
  }
  return command;
}

async function traces(view: View, paths: readonly string[], options: Options): Promise<void> {
  const period = periodOf(options);
  const { catalogue, prices, complete } = await readPriceFilesForLogs(options);
  const { ledger, records, region } = options;
  const read = await readRuns(paths, { ledger, records, catalogue, prices, region });
  if (read.spanCount === 0 && !read.complete) throw new Failure('there is no span to show', ExitCode.UNUSABLE);

  const wanted = read.runs.filter(view.wanted ?? (() => true));
  const runs = select(wanted, period, options);
  const hasLog = ledger !== undefined || records !== undefined;
  const untraced = read.untraced.filter(({ time }) => time >= period.from && time < period.until);
  if (options.json !== undefined) await writeJson(options.json, outputOf(runs, hasLog ? untraced : undefined));
  if (options.json !== '-') process.stdout.write(`${runs.length === 0 ? 'no traces' : view.text(runs)}\n`);
  if (options.json !== '-' && hasLog)
    process.stdout.write(`\n${countOf(untraced.length, 'call')} of the log ${untraced.length === 1 ? 'is' : 'are'} in no trace\n`);
  if (!complete || !read.complete || runs.some(({ unpriced }) => unpriced > 0)) process.exitCode = ExitCode.INCOMPLETE;
}

async function writeJson(file: string, value: unknown): Promise<void> {
  const text = `${printableJson(value)}\n`;
  if (file === '-') process.stdout.write(text);
  else {
    await writeFile(file, text).catch((error: Error) => {
      throw new Failure(`'--json' cannot be written to '${file}': ${error.message}`);
    });
  }
}
