import type { Catalogue } from './catalogue';
import { divideHalfEven } from './divide-half-even';
import { readEntry, readModel, readText } from './entry-fields';
import { within, type RateRule } from './rate-rule';
import { readPeriod } from './row-fields';
import type { PicoUsd } from './types';
import { parseUsd } from './usd-text';

/** A percentage off the published rates of a model, or of all models of a provider. */
export interface Discount {
  readonly name: string;
  readonly model?: string;
  readonly provider?: string;
  /** The discounted rate is the published one · `remaining` / WHOLE. */
  readonly remaining: bigint;
  readonly from: number;
  readonly until: number;
}

const FIELDS = ['name', 'model', 'provider', 'percent', 'from', 'until'];
const PERCENT_DECIMALS = 6;
/** 100 percent, in units of the last decimal that a percentage may have. */
const WHOLE = 100n * 10n ** BigInt(PERCENT_DECIMALS);

/** @throws with the field that is wrong */
export function readDiscount(value: unknown, catalogue: Catalogue): Discount {
  const entry = readEntry(value, FIELDS);
  const model = readModel(entry, catalogue, false);
  const provider = readText(entry, 'provider');
  if ((model === undefined) === (provider === undefined)) {
    throw new Error("a discount needs either 'model' or 'provider'");
  }
  const providers = [...new Set(catalogue.lines<{ provider: string }>('model').map((info) => info.provider))].sort();
  if (provider !== undefined && !providers.includes(provider)) {
    throw new Error(`'provider' must be one of ${providers.join(', ')}, got '${provider}'`);
  }
  const percent = readText(entry, 'percent');
  return {
    name: readText(entry, 'name') ?? `discount:${model ?? provider} ${percent}%`,
    ...(model !== undefined && { model }),
    ...(provider !== undefined && { provider }),
    remaining: WHOLE - readPercent(percent),
    ...readPeriod(readText(entry, 'from'), readText(entry, 'until')),
  };
}

/** The rule at its discounted rates, for the period of the discount; undefined where the rule never holds in it. */
export function discounted(rule: RateRule, discount: Discount): RateRule | undefined {
  const rates = Object.create(null) as Record<string, PicoUsd>;
  for (const [kind, rate] of Object.entries(rule.rates)) rates[kind] = divideHalfEven(rate * discount.remaining, WHOLE);
  const row = rule.row && { ...rule.row, id: `${discount.name}+${rule.row.id}` };
  return within({ ...rule, rates, row, flags: [...rule.flags, 'discount'] }, discount.from, discount.until);
}

function readPercent(percent: string | undefined): bigint {
  try {
    const parsed = parseUsd(percent ?? '', PERCENT_DECIMALS);
    if (parsed <= WHOLE) return parsed;
  } catch {
    // The message below speaks of a percentage, not of an amount.
  }
  const got = percent === undefined ? 'none' : `'${percent}'`;
  throw new Error(
    `'percent' must be a number from 0 to 100, got ${got}: write a decimal with at most ${PERCENT_DECIMALS} digits after the point`,
  );
}
