import { Command, Option } from 'commander';
import { BilledModels } from '../../engine/bill/billed-models';
import { OurUsage } from '../../engine/bill/our-usage';
import { reconcile as compareWithBill } from '../../engine/bill/reconcile';
import { combine } from '../../engine/bill/statements';
import { ExitCode, Failure } from '../failure';
import { choiceOption } from '../options/choice-option';
import { parseDate, type Period } from '../options/period';
import { type PriceFileOptions, readPriceFilesForLogs } from '../options/price-files';
import { catalogueOption, fromOption, overridesOption, pathsArgument, profilesOption, toOption } from '../options/shared-options';
import { readBillFiles } from '../reconcile/bill-files';
import { readLedgerFiles } from '../reconcile/ledger-files';
import { BILL_AXES, type BillAxis, reconcileDocument, reconcileText } from '../reconcile/reconcile-report';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import { columnsOf, printableJson } from '../terminal';

const FORMATS = ['table', 'json'] as const;
const ALWAYS: Period = { from: -Infinity, until: Infinity };

interface Options extends PriceFileOptions {
  readonly bill: readonly string[];
  readonly ledger: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly by: BillAxis;
  readonly format: (typeof FORMATS)[number];
}

/** `reconcile [PATH…]`: compares what calls cost by our figures with an exported bill. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description('compare the cost of exported logs with the bill: CUR 2.0, FOCUS or Cost Explorer, and say why they differ')
    .addArgument(pathsArgument().argOptional())
    .addOption(
      new Option(
        '--bill <path>',
        'a file or folder with CSV or Parquet of CUR or FOCUS, or JSON of GetCostAndUsage; can be given several times',
      )
        .argParser(collect)
        .default([], 'none')
        .makeOptionMandatory(),
    )
    .option('--ledger <path>', 'ledger lines instead of invocation logs, or beside them; can be given several times', collect, [])
    .addOption(choiceOption('--by <what>', 'what the comparison is by', Object.keys(BILL_AXES)).default('model'))
    .addOption(choiceOption('--format <format>', 'how the result is written', FORMATS).default('table'))
    .addOption(fromOption())
    .addOption(toOption('the last settled day of the bill'))
    .option('--as-of <time>', 'when the bill was exported: the 72 hours before are not settled yet (default: now)')
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .action(reconcile);
}

async function reconcile(paths: readonly string[], options: Options): Promise<void> {
  const { bill: billPaths, ledger, asOf, by, format } = options;
  if (billPaths.length === 0) throw new Failure("name at least one '--bill', as in --bill costs-00001.csv.gz");
  if (paths.length + ledger.length === 0) throw new Failure("name the logs to compare with the bill, or '--ledger'");
  const files = await readPriceFilesForLogs(options);
  const days = daysOf(options);
  const time = asOf === undefined ? Date.now() : parseDate('--as-of', asOf).until;

  const ours = new OurUsage();
  const codes: ExitCode[] = [];
  if (paths.length > 0) {
    const { prices, complete } = files;
    const onCall: Parameters<typeof replayPaths>[1]['onCall'] = (rated) => ours.add(rated);
    codes.push(await replayPaths(paths, { prices, complete, summary: new ReplaySummary(), period: ALWAYS, onCall }));
  }
  const ofLedger = await readLedgerFiles(ledger, ours, files.prices);
  const bill = await readBillFiles(billPaths, new BilledModels(files.catalogue));
  if (!ofLedger.isComplete || !bill.isComplete) codes.push(ExitCode.INCOMPLETE);
  const { lines, setAside } = combine(bill.statements);
  if (lines.length === 0 && bill.isComplete) {
    throw new Failure(`there are no lines of Amazon Bedrock in ${billPaths.join(', ')}: ${bill.rows} rows were read`);
  }

  const result = compareWithBill(lines, ours.lines, { asOf: time, ...days });
  const read = { result, setAside, bill, by, catalogue: files.catalogue };
  process.exitCode = Math.max(ExitCode.SUCCESS, ...codes);
  process.stdout.write(`${format === 'json' ? printableJson(reconcileDocument(read)) : reconcileText(read, columnsOf(process.stdout))}\n`);
}

/** Bills have days in UTC. */
function daysOf({ from, to }: Options): { readonly from?: string; readonly until?: string } {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const days = {
    from: from === undefined ? undefined : day(parseDate('--from', from).from),
    until: to === undefined ? undefined : day(parseDate('--to', to).until),
  };
  if (days.from !== undefined && days.until !== undefined && days.from >= days.until) {
    throw new Failure(`'--from' must be before the end of '--to', got '${from}' and '${to}'`);
  }
  return days;
}

const collect = (path: string, before: readonly string[]): readonly string[] => [...before, path];
