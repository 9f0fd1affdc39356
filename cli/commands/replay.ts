import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, basename, relative } from 'node:path';
import { Command } from 'commander';
import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { ExitCode, Failure } from '../failure';
import { parsePeriod } from '../options/period';
import { readOverrides, readProfiles } from '../options/price-files';
import { groupingOf } from '../replay/grouping';
import { Messages } from '../replay/messages';
import { OutputFile } from '../replay/output-file';
import { Replay } from '../replay/replay';
import { report } from '../replay/report';
import { sourcesOf } from '../input/sources';
import { Tally } from '../replay/tally';

interface Options {
  readonly json?: string;
  readonly csv?: string;
  readonly by: string;
  readonly from?: string;
  readonly to?: string;
  readonly overrides?: string;
  readonly profiles?: string;
}

/** `replay PATH…`: prices exported logs. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('price exported invocation logs: exact cost by record, model, caller or day, without AWS access')
    .argument('<path...>', 'log files (NDJSON, CloudWatch Logs exports, gzipped or not), folders, s3://bucket/prefix, or - for stdin')
    .option('--json <file>', 'write one line of JSON for each record')
    .option('--csv <file>', 'write one line of CSV for each record')
    .option('--by <what>', 'what the table is by: model, caller, day, operation or meta:KEY', 'model')
    .option('--from <date>', 'only calls from this day, month or time on, in UTC')
    .option('--to <date>', 'only calls up to the end of this day or month, or before this time')
    .option('--overrides <file>', 'JSON with your own prices and discounts')
    .option('--profiles <file>', 'JSON that maps ARNs to model or profile ids: { "arn:…": "global.anthropic.…" }')
    .action(replay);
}

async function replay(paths: readonly string[], options: Options): Promise<void> {
  const from = options.from === undefined ? -Infinity : parsePeriod('--from', options.from).from;
  const until = options.to === undefined ? Infinity : parsePeriod('--to', options.to).until;
  if (from >= until) throw new Failure(`'--from' must be before '--to', got '${options.from}' and '${options.to}'`);

  const catalogue = Catalogue.builtIn();
  const overrides = readOverrides(options.overrides, catalogue);
  const prices = new PriceEngine({ catalogue, overrides, profiles: readProfiles(options.profiles) });
  const tally = new Tally(groupingOf(options.by));
  const messages = new Messages(process.stderr);
  const { json, csv } = options;
  const visited = new Set([json, csv].flatMap((path) => (path === undefined ? [] : outputPath(path, paths))));
  const outputs = [...(json === undefined ? [] : [OutputFile.json(json)]), ...(csv === undefined ? [] : [OutputFile.csv(csv)])];
  const run = new Replay({
    ...{ prices, tally, from, until, outputs },
    onMalformed: (where, reason) => messages.malformedAt(where, reason),
    onProgress: ({ name }) => messages.read(name, tally.total),
  });

  const sources = sourcesOf(paths, {
    visited,
    onSkipped: (name, why) => messages.skippedObject(name, why),
    onUnreadable: (name, error) => messages.unreadableAt(name, error),
  });
  for await (const source of sources) {
    try {
      await run.read(source);
    } catch (error) {
      if (error instanceof Failure) throw error;
      messages.unreadableAt(source.name, error as Error);
    }
  }
  outputs.forEach((output) => output.close());
  messages.end();
  if (tally.total + tally.outside === 0) throw new Failure(`there are no records in ${paths.join(', ')}`);
  console.log(report(tally, options.by));
  if (messages.unreadable + messages.malformed > 0) process.exitCode = ExitCode.INCOMPLETE;
}

/** The real path of an output, which is not read as input. One that exists among the inputs is the user's and is kept. */
function outputPath(path: string, inputs: readonly string[]): string {
  const real = join(realOf(dirname(path)), basename(path));
  const among = inputs.find((input) => existsSync(input) && !relative(realOf(input), real).startsWith('..'));
  if (among !== undefined && existsSync(real)) {
    throw new Failure(`'${path}' would be overwritten, but it is in '${among}', which is to be read: write to another place`);
  }
  return real;
}

const realOf = (path: string): string => (existsSync(path) ? realpathSync(path) : path);
