import { Command } from 'commander';
import type { RecordedCall } from '../../engine/agents/recorded-call';
import type { TraceRun } from '../../engine/agents/trace-run';
import { ExitCode, Failure } from '../failure';
import { noticeStream } from '../notices';
import { choiceOption } from '../options/choice-option';
import { type Period, periodOf, type PeriodOptions } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { checkRegion } from '../options/region';
import { catalogueOption, fromOption, overridesOption, profilesOption, tracePathsArgument, toOption } from '../options/shared-options';
import { Progress } from '../progress';
import { countOf } from '../terminal';
import { flagCommand } from '../traces/flag-command';
import { readFlags } from '../traces/flag-file';
import { type ReadRuns, readRuns } from '../traces/read-runs';
import { sessionLines } from '../traces/session-list';
import { csvLines } from '../traces/trace-csv';
import { listLines } from '../traces/trace-list';
import {
  flagsOption,
  jsonOutputOption,
  ledgerOption,
  recordsOption,
  Selection,
  type SelectionOptions,
  SORTS,
  usageOption,
} from '../traces/trace-options';
import { jsonLines } from '../traces/trace-output';
import { showLines, toolLines } from '../traces/trace-text';
import type { ViewContext } from '../traces/view-context';
import { printLines, writeLines } from '../traces/write-lines';

interface Options extends PeriodOptions, PriceFileOptions, SelectionOptions {
  readonly ledger?: readonly string[];
  readonly records?: readonly string[];
  readonly usage?: readonly string[];
  readonly region?: string;
  readonly flags?: string;
  readonly json?: string;
  readonly csv?: string;
}

interface View {
  readonly description: string;
  readonly wanted?: (run: TraceRun) => boolean;
  readonly lines: (runs: Iterable<TraceRun>, context: ViewContext) => Iterable<string>;
}

const VIEWS: Readonly<Record<string, View>> = {
  list: { description: 'one line for each trace', lines: listLines },
  show: { description: 'each trace as a tree, with the cost of each model call', lines: showLines },
  failed: { description: 'traces in which something failed', wanted: ({ errors }) => errors > 0, lines: showLines },
  sessions: { description: 'what each session cost, models and runtime', lines: sessionLines },
  tools: { description: 'which tools ran, and how often they failed', wanted: ({ tools }) => tools.length > 0, lines: toolLines },
};

const DEFAULT_REGION = 'us-east-1';

/** `traces list|show|failed|sessions|tools PATH…`: what runs of agents did and cost. `traces flag TRACE…`: marks some for review. */
export function tracesCommand(): Command {
  const command = new Command('traces').description('what agents did and cost: spans counted once, joined with the ledger or the log');
  for (const [name, view] of Object.entries(VIEWS)) {
    const subcommand = new Command(name).description(view.description);
    if (name === 'list') subcommand.option('--csv <file>', 'write a line of CSV for each trace to a file, or to stdout with -');
    command.addCommand(
      subcommand
        .addArgument(tracePathsArgument())
        .addOption(ledgerOption())
        .addOption(recordsOption())
        .addOption(usageOption())
        .option('--session <id>', 'only traces of this session')
        .option('--agent <name>', 'only traces in which this agent ran')
        .option('--flagged', 'only traces that are flagged for review')
        .addOption(fromOption())
        .addOption(toOption('the last trace'))
        .addOption(choiceOption('--sort <by>', 'the order of the traces', Object.keys(SORTS)).default('time'))
        .option('--limit <count>', 'no more traces than these')
        .option('--offset <count>', 'leave out the first ones')
        .option(
          '--region <region>',
          `where log groups are read, and of spans that do not name theirs (default: AWS_REGION, else ${DEFAULT_REGION})`,
        )
        .addOption(flagsOption())
        .addOption(jsonOutputOption())
        .addOption(catalogueOption())
        .addOption(overridesOption())
        .addOption(profilesOption())
        .action((paths: readonly string[], options: Options) => traces(view, paths, options)),
    );
  }
  return command.addCommand(flagCommand());
}

async function traces(view: View, paths: readonly string[], options: Options): Promise<void> {
  if (options.json === '-' && options.csv === '-') throw new Failure("'--json' and '--csv' cannot both be written to stdout");
  const period = periodOf(options);
  const flags = await readFlags(options.flags);
  const selection = new Selection(period, options, flags);
  const { catalogue, prices, complete } = await readPriceFilesForLogs(options);
  if (options.region !== undefined) checkRegion(options.region, catalogue);
  const read = await readRuns(paths, { ...options, region: regionOf(options), logRegion: options.region, catalogue, prices, period });
  try {
    if (read.spans.size === 0 && !read.complete) throw new Failure('there is no span to show', ExitCode.UNUSABLE);
    const { wanted = () => true } = view;
    const ids = selection.of(watched(runsOf(read, read.spans.traceIds)), wanted);
    let unpriced = 0;
    await write(view, options, {
      context: {
        flags,
        width: Number(process.env.COLUMNS) || process.stdout.columns || Infinity,
        usage: read.usage.sessions,
        withoutRuns: selection.isWhole,
      },
      runs: () => runsOf(read, ids, (run) => (unpriced += run.unpriced)),
      untraced: options.ledger || options.records ? read.runs.untraced.filter(({ time }) => isIn(period, time)) : undefined,
    });
    if (!complete || !read.complete || unpriced > 0) process.exitCode = ExitCode.INCOMPLETE;
  } finally {
    read.spans.close();
  }
}

/** Of spans that do not name theirs. */
const regionOf = ({ region }: Options): string => region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || DEFAULT_REGION);

/** One after the other: only one is in memory. */
function* runsOf({ runs }: ReadRuns, traceIds: Iterable<string>, onRun?: (run: TraceRun) => void): Generator<TraceRun> {
  for (const traceId of traceIds) {
    const run = runs.run(traceId);
    onRun?.(run);
    yield run;
  }
}

/** On a terminal: how many there are so far. */
function* watched(runs: Iterable<TraceRun>): Generator<TraceRun> {
  const progress = new Progress(noticeStream());
  let count = 0;
  for (const run of runs) {
    count += 1;
    progress.show(() => `${countOf(count, 'trace')} added up`);
    yield run;
  }
  progress.erase();
}

interface Shown {
  readonly context: ViewContext;
  /** Those that are asked for, anew each time. */
  readonly runs: () => Iterable<TraceRun>;
  readonly untraced?: readonly RecordedCall[];
}

async function write(view: View, { json, csv, usage }: Options, { context, runs, untraced }: Shown): Promise<void> {
  if (json !== undefined) await writeLines(jsonLines(runs(), untraced, context), '--json', json);
  if (csv !== undefined) await writeLines(csvLines(runs(), context.flags), '--csv', csv);
  if (json === '-' || csv === '-') return;
  const lines = view.lines(runs(), context);
  const left = untraced && ['', `${countOf(untraced.length, 'call')} of the log ${untraced.length === 1 ? 'is' : 'are'} in no trace`];
  await printLines(orElse(lines, 'no traces'));
  const sessions = usage && view.lines !== sessionLines ? sessionLines(runs(), context) : [];
  if (sessions.length > 0) await printLines(['', ...sessions]);
  if (left) await printLines(left);
}

function* orElse(lines: Iterable<string>, none: string): Generator<string> {
  let isEmpty = true;
  for (const line of lines) {
    isEmpty = false;
    yield line;
  }
  if (isEmpty) yield none;
}

const isIn = ({ from, until }: Period, time: number): boolean => time >= from && time < until;
