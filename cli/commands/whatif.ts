import { Command } from 'commander';
import type { Catalogue } from '../../engine/pricing/catalogue';
import { splitGeography } from '../../engine/pricing/geographies';
import { ExitCode, Failure } from '../failure';
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
import { byModel } from '../replay/grouping';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import { columnsOf, printableJson } from '../terminal';
import { leversWith } from '../whatif/levers';
import { WhatIf } from '../whatif/what-if';
import { resultsOf, textOf, totalsOf } from '../whatif/what-if-report';

interface Options extends PeriodOptions, PriceFileOptions {
  readonly model: readonly string[];
  readonly json?: boolean;
}

/** `whatif PATH…`: what the same calls would have cost if they had been made in another way. */
export function whatifCommand(): Command {
  return new Command('whatif')
    .description('what the calls of exported logs would have cost with another routing, tier, cache lifetime or model')
    .addArgument(pathsArgument())
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
  const period = periodOf(options);
  const { prices, catalogue, complete } = await readPriceFilesForLogs(options);
  const models = options.model.map((id) => checkedModel(id, catalogue));
  const levers = leversWith(models);
  const whatIf = new WhatIf(prices, levers);
  const summary = new ReplaySummary(byModel);
  process.exitCode = await replayPaths(paths, { prices, complete, summary, period, onCall: (rated) => whatIf.add(rated) });

  const totals = totalsOf(whatIf, levers);
  const { calls, failed } = summary.allCalls;
  const text = options.json
    ? printableJson({ calls, failed, levers: resultsOf(totals) })
    : textOf(totals, summary.allCalls, columnsOf(process.stdout));
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
