import { Command } from 'commander';
import { type Digest, digestOf } from '../../engine/digest/digest';
import { addCalls, type CallSums, type DigestFacts, groupsOf, NO_CALLS } from '../../engine/digest/digest-facts';
import { textOf } from '../../engine/digest/digest-text';
import { LeverSavings } from '../../engine/levers/lever-savings';
import { pricedCallOf } from '../../engine/levers/priced-calls';
import { periodOf } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import {
  catalogueOption,
  fromOption,
  jsonOption,
  overridesOption,
  pathsArgument,
  profilesOption,
  toOption,
} from '../options/shared-options';
import { timeZoneOption } from '../options/time-zone';
import { MAX_GROUPS, OTHER } from '../replay/bounded-groups';
import { byModel, byProfile, byRole, NONE } from '../replay/grouping';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import { wrapped } from '../tables/wrapped';
import { columnsOf, printable, printableJson } from '../terminal';

interface Options extends PriceFileOptions {
  readonly from: string;
  readonly to?: string;
  readonly timeZone: string;
  readonly json?: boolean;
}

/** `digest PATH…`: the summary that the deployed stack sends, from exported logs. */
export function digestCommand(): Command {
  return new Command('digest')
    .description('sum up exported invocation logs as the daily and weekly digest do, without AWS access')
    .addArgument(pathsArgument())
    .addOption(fromOption().makeOptionMandatory())
    .addOption(toOption('that of --from'))
    .addOption(timeZoneOption())
    .addOption(jsonOption())
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .action(digest);
}

async function digest(paths: readonly string[], options: Options): Promise<void> {
  const { timeZone } = options;
  const period = periodOf({ from: options.from, to: options.to ?? options.from, timeZone });
  const summary = new ReplaySummary(byModel, byRole, byProfile);
  const { prices, catalogue, complete } = await readPriceFilesForLogs(options);
  const savings = new LeverSavings(prices);
  process.exitCode = await replayPaths(paths, {
    ...{ prices, complete, summary, period },
    onCall: (rated) => {
      const call = pricedCallOf(rated);
      if (call) savings.add(call);
    },
  });

  const result = digestOf({ ...factsOf(summary), largestSaving: savings.largest }, { ...period, timeZone });
  process.stdout.write(
    options.json ? `${printableJson(result)}\n` : fitted(textOf(withPrintableNames(result), catalogue), columnsOf(process.stdout)),
  );
}

function factsOf(summary: ReplaySummary): DigestFacts {
  const groups = summary.groups.entries.map(([[model = '', role = '', profile = ''], totals]) => {
    const { calls, failed, rated, priced, counted, output, low } = totals;
    const sums: CallSums = {
      ...{ calls, failed, rated, priced, counted, output, usd: low },
      input: totals.input + totals.cacheRead + totals.cacheWrite,
    };
    return { model, role, profile, sums };
  });
  return {
    total: groups.map(({ sums }) => sums).reduce(addCalls, NO_CALLS),
    models: groupsOf(groups.map(({ model, sums }) => [model, sums])),
    callers: groupsOf(groups.map(({ role, sums }) => [role, sums])),
    profiles: groupsOf(groups.filter(({ profile }) => profile !== NONE && profile !== OTHER).map(({ profile, sums }) => [profile, sums])),
    unpriced: summary.unpriced.entries.map(([[model = '', reason = ''], { calls }]) => ({ model, reason, calls })),
    limits: groups.some(({ model }) => model === OTHER)
      ? [
          `there are more than ${MAX_GROUPS} combinations of model, role and profile: further ones are in the line '${OTHER}'; the totals are of all calls`,
        ]
      : [],
  };
}

const fitted = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => wrapped(line, width, ''))
    .join('\n');

/** Before the text is made of it: a line feed in a name would begin a new line. */
const withPrintableNames = (digest: Digest): Digest =>
  JSON.parse(JSON.stringify(digest), (_, value: unknown) => (typeof value === 'string' ? printable(value) : value)) as Digest;
