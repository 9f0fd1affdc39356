import { Token } from 'aws-cdk-lib';
import { builtInCatalogue } from './built-in-catalogue';
import { PriceOverrides } from '../../engine/pricing/price-overrides';

/** The lists of a price override file. */
export interface PriceOverrideLists {
  readonly overrides: readonly object[];
  readonly discounts: readonly object[];
}

/**
 * Asks the pricing engine whether the meter would accept these price overrides.
 *
 * @param json the text of a price override file, as docs/prices.md describes it
 * @throws the engine's error: the entry, the field, its value and the way out
 */
export function checkPriceOverrides(json: string): void {
  PriceOverrides.fromJson(json, builtInCatalogue());
}

/**
 * Asks the same about overrides that were given as props. The value of a token is not known at synth: an entry that holds one
 * is checked by the meter only.
 *
 * @throws the engine's error, with the positions of the entries and the names of their fields in the props
 */
export function checkPriceOverrideLists({ overrides, discounts }: PriceOverrideLists): void {
  const known = { overrides: withoutTokens(overrides), discounts: withoutTokens(discounts) };
  const lists = { overrides: Object.values(known.overrides), discounts: Object.values(known.discounts) };
  try {
    checkPriceOverrides(JSON.stringify(lists, (_, value: unknown) => numberInJson(value)));
  } catch (error) {
    const message = (error as Error).message
      .replaceAll(
        /\b(overrides|discounts)\[(\d+)\]/g,
        (_, list: keyof PriceOverrideLists, index: string) => `${list}[${Object.keys(known[list])[Number(index)]}]`,
      )
      .replaceAll("'from'", "'validFrom'")
      .replaceAll("'until'", "'validUntil'");
    throw new Error(message, { cause: error });
  }
}

/** As a text where JSON has no such number: it would write null for NaN and 0 for -0, and the engine could not quote them. */
function numberInJson(value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

/** The entries without tokens, by their position in the list. */
function withoutTokens(entries: readonly object[]): Record<number, object> {
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => !hasToken(entry)));
}

function hasToken(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'object' && value !== null && Object.entries(value).flat().some(hasToken));
}
