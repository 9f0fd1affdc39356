import { Command } from 'commander';
import { otherModel } from '../../engine/levers/levers';
import { MAX_CALLS } from '../../engine/levers/repeated-prompts';
import type { Catalogue } from '../../engine/pricing/catalogue';
import { splitGeography } from '../../engine/pricing/geographies';
import { ExitCode, Failure } from '../failure';
import { notice } from '../notices';
import { periodOf, type PeriodOptions } from '../options/period';
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
import { spellingOf } from '../price/other-spellings';
import { columnsOf, countOf, formatNumber, printableJson } from '../terminal';
import { readLedger, readRecords } from '../whatif/read-calls';
import { WhatIf } from '../whatif/what-if';
import { resultsOf, textOf, totalsOf } from '../whatif/what-if-report';

interface Options extends PeriodOptions, PriceFileOptions {
  readonly ledger?: readonly string[];
  readonly model: readonly string[];
  readonly json?: boolean;
}

/** `whatif PATH…`: what the same calls would have cost if they had been made in another way. */
export function whatifCommand(): Command {
  return new Command('whatif')
    .description('what the calls of exported logs would have cost with another routing, tier, cache or model')
    .addArgument(pathsArgument().argOptional())
    .option('--ledger <path...>', 'lines of the ledger instead of records, with hashes of prompts where it has them')
    .option('--model <id>', 'another model or profile for all calls; can be given several times', collect, [])
    .addOption(jsonOption())
    .addOption(fromOption())
    .addOption(toOption('the last call'))
    .addOption(timeZoneOption())
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .action(whatif);
}

async function whatif(paths: readonly string[], options: Options): Promise<void> {
  const { ledger = [], model: models, json } = options;
  if (paths.length > 0 === ledger.length > 0)
    throw new Failure("give either records, as 'whatif PATH…', or lines of the ledger with '--ledger'");
  const period = periodOf(options);
  const { prices, catalogue, complete } = await readPriceFilesForLogs(options);
  const whatIf = new WhatIf(
    prices,
    models.map((id) => otherModel(checkedModel(id, catalogue))),
  );
  const reading = { prices, complete, period, whatIf };
  const { counts, exitCode } = await (ledger.length > 0 ? readLedger(ledger, reading) : readRecords(paths, reading));
  process.exitCode = exitCode;
  whatIf.end();
  const { promptsNotCompared } = whatIf;
  if (promptsNotCompared > 0) {
    notice(
      `'cache repeated prompts' leaves out ${countOf(promptsNotCompared, 'call')}: ${formatNumber(MAX_CALLS)} were compared. Give less time with --from and --to`,
    );
    process.exitCode = ExitCode.INCOMPLETE;
  }

  const totals = totalsOf(whatIf);
  const text = json
    ? printableJson({ ...counts, promptsNotCompared, levers: resultsOf(totals) })
    : textOf(totals, counts, columnsOf(process.stdout));
  process.stdout.write(`${text}\n`);
}

/** @throws Failure for a model that the catalogue does not have: no call could have been made with it */
function checkedModel(asked: string, catalogue: Catalogue): string {
  const { modelId } = spellingOf(asked, catalogue);
  const { model } = splitGeography(modelId);
  if (catalogue.model(model) || catalogue.aliasOf(model)) return modelId;
  throw new Failure(
    `'--model ${asked}' is not in the price catalogue: the nearest ids are ${catalogue.nearest(model).join(', ')}`,
    ExitCode.UNKNOWN_MODEL,
  );
}

const collect = (id: string, before: readonly string[]): readonly string[] => [...before, id];
