import { Command } from 'commander';
import { type Digest, digestOf } from '../../engine/digest/digest';
import type { CallGroup, DigestFacts } from '../../engine/digest/digest-facts';
import { textOf } from '../../engine/digest/digest-text';
import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { ExitCode, Failure } from '../failure';
import { parsePeriod } from '../options/period';
import { readOverrides, readProfiles } from '../options/price-files';
import { NONE } from '../replay/grouping';
import { Messages } from '../replay/messages';
import { Replay } from '../replay/replay';
import { sourcesOf } from '../input/sources';
import { Tally } from '../replay/tally';

interface Options {
  readonly from: string;
  readonly to?: string;
  readonly json?: boolean;
  readonly overrides?: string;
  readonly profiles?: string;
}

/** `digest PATH…`: the summary that the deployed stack sends, from exported logs. */
export function digestCommand(): Command {
  return new Command('digest')
    .description('sum up exported invocation logs as the daily and weekly digest do, without AWS access')
    .argument('<path...>', 'log files (NDJSON, CloudWatch Logs exports, gzipped or not), folders, s3://bucket/prefix, or - for stdin')
    .requiredOption('--from <date>', 'from the beginning of this day or month on, in UTC')
    .option('--to <date>', 'up to the end of this day or month (default: that of --from)')
    .option('--json', 'as JSON')
    .option('--overrides <file>', 'JSON with your own prices and discounts')
    .option('--profiles <file>', 'JSON that maps ARNs to model or profile ids: { "arn:…": "global.anthropic.…" }')
    .action(digest);
}

async function digest(paths: readonly string[], options: Options): Promise<void> {
  const { from } = parsePeriod('--from', options.from);
  const { until } = parsePeriod(options.to === undefined ? '--from' : '--to', options.to ?? options.from);
  if (from >= until)
    throw new Failure(`'--from' must be before the end of '--to', got '${options.from}' and '${options.to ?? options.from}'`);

  const catalogue = Catalogue.builtIn();
  const overrides = readOverrides(options.overrides, catalogue);
  const prices = new PriceEngine({ catalogue, overrides, profiles: readProfiles(options.profiles) });
  const tally = new Tally(({ call, unitPrices }) => `${unitPrices?.quote.resolved.model ?? call.modelId}\n${call.caller ?? NONE}`);
  const messages = new Messages(process.stderr);
  const run = new Replay({
    ...{ prices, tally, from, until, outputs: [] },
    onMalformed: (where, reason) => messages.malformedAt(where, reason),
    onProgress: ({ name }) => messages.read(name, tally.total),
  });
  const sources = sourcesOf(paths, {
    visited: new Set(),
    onSkipped: (name, why) => messages.skippedObject(name, why),
    onUnreadable: (name, error) => messages.unreadableAt(name, error),
  });
  for await (const source of sources) {
    await run.read(source).catch((error: unknown) => messages.unreadableAt(source.name, error as Error));
  }
  messages.end();
  if (tally.total + tally.outside === 0) throw new Failure(`there are no records in ${paths.join(', ')}`);

  const result: Digest = digestOf(factsOf(tally), { from, until, timeZone: 'UTC' });
  process.stdout.write(options.json ? `${JSON.stringify(result, undefined, 2)}\n` : textOf(result));
  if (messages.unreadable + messages.malformed > 0) process.exitCode = ExitCode.INCOMPLETE;
}

function factsOf(tally: Tally): DigestFacts {
  const groups = [...tally.groups].map(([name, total]): CallGroup => {
    const [model = '', caller = NONE] = name.split('\n');
    const { calls, priced, output, low } = total;
    return { model, caller, calls, priced, input: total.input + total.cacheRead + total.cacheWrite, output, usd: low };
  });
  const unpriced = [...tally.unpriced].map(([name, { calls }]) => {
    const [model = '', reason = ''] = name.split('\n');
    return { model, reason, calls };
  });
  const failedCalls = [...tally.ignored].reduce((sum, [reason, { records }]) => sum + (reason.startsWith('error:') ? records : 0), 0);
  return { groups, unpriced, failedCalls };
}
