import { Command } from 'commander';
import type { Catalogue } from '../../engine/pricing/catalogue';
import { splitGeography } from '../../engine/pricing/geographies';
import { TIERS, type Tier } from '../../engine/pricing/types';
import { ExitCode, Failure } from '../failure';
import { notice } from '../notices';
import { choiceOption } from '../options/choice-option';
import { parseDate } from '../options/period';
import { type PriceFileOptions, readPriceFiles } from '../options/price-files';
import { catalogueOption, jsonOption, overridesOption, profilesOption } from '../options/shared-options';
import { checkRegion } from '../options/region';
import { explain } from '../price/explain';
import type { Explanation } from '../price/explanation';
import { spellingOf } from '../price/other-spellings';
import { render } from '../price/render';
import { specIn } from '../price/spec-option';
import { UsageOption } from '../price/usage-option';
import { columnsOf, printableJson } from '../terminal';

interface Options extends PriceFileOptions {
  readonly region?: string;
  readonly tier: Tier;
  readonly at?: string;
  readonly usage?: string;
  readonly spec?: string;
  readonly json?: boolean;
}

const DEFAULT_REGION = 'us-east-1';
const REGION_OF_ARN = /^arn:[^:]+:[^:]+:([a-z0-9-]+):/;

/** `price MODEL_ID`: explains one price. */
export function priceCommand(): Command {
  return new Command('price')
    .description('explain one price: the row that answers, its rates and source, and what a usage costs')
    .argument('<model-id>', 'as in the invocation log: model id, inference profile id, any ARN, or a feature like bedrock:guardrails')
    .option('--region <region>', `the Region that is called (default: that of the ARN, else AWS_REGION, else ${DEFAULT_REGION})`)
    .addOption(choiceOption('--tier <tier>', 'the service tier', TIERS).default('standard'))
    .option('--at <date>', 'a day, month or time in UTC: prices change (default: now)')
    .option('--usage <counts>', 'what to cost, by kind, taken as one call: input=12,cacheRead=180000,output=900')
    .option('--spec <axes>', 'what else decides the price: size=2048x2048,quality=standard or commitment=1m')
    .addOption(catalogueOption())
    .addOption(overridesOption())
    .addOption(profilesOption())
    .addOption(jsonOption())
    .action(price);
}

async function price(asked: string, options: Options): Promise<void> {
  const { catalogue, prices } = await readPriceFiles(options);
  const { modelId, region, isOther } = spellingOf(asked, catalogue);
  if (isOther) notice(`'${asked}' is '${modelId}' for Bedrock`);
  if (options.region !== undefined) checkRegion(options.region, catalogue);
  const at = options.at ?? new Date().toISOString();
  const found = explain(prices, catalogue, {
    modelId,
    region: regionOf(modelId, options.region ?? region),
    tier: options.tier,
    at,
    timestamp: parseDate('--at', at).from,
    spec: options.spec === undefined ? undefined : specIn(options.spec, catalogue),
    usage: options.usage === undefined ? undefined : UsageOption.parse(options.usage),
  });
  if (found.model === undefined && found.unpriced !== undefined) {
    throw new Failure(unknownModel(found, catalogue), ExitCode.UNKNOWN_MODEL);
  }
  process.stdout.write(`${options.json ? printableJson(found) : render(found, catalogue, columnsOf(process.stdout))}\n`);
  if (found.unpriced !== undefined || found.missing) process.exitCode = ExitCode.INCOMPLETE;
}

function regionOf(modelId: string, asked: string | undefined): string {
  return asked ?? REGION_OF_ARN.exec(modelId)?.[1] ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || DEFAULT_REGION);
}

function unknownModel({ modelId, unpriced }: Explanation, catalogue: Catalogue): string {
  if (modelId.includes(':application-inference-profile/')) {
    return `'${modelId}' has no price: ${unpriced}; name the model in a file for '--profiles'`;
  }
  const name = modelId.slice(modelId.lastIndexOf('/') + 1);
  const { geography, model } = splitGeography(name);
  const nearest = catalogue.nearest(model).map((id) => (geography === undefined ? id : `${geography}.${id}`));
  return `'${modelId}' has no price: ${unpriced}; ${nearest.length > 0 ? `the nearest ids are ${nearest.join(', ')}` : 'no id is like it'}`;
}
