import { NAMES_WITHOUT_MODEL } from './known-names';
import { nameIn } from './model-names';
import type { OfferRow } from './offer-row';

/** A reason why a row of the Price List is left out, although it can be read. */
interface Exclusion {
  readonly rule: string;
  readonly applies: (row: OfferRow, region: string) => boolean;
}

const usagetype = ({ attributes }: OfferRow): string => attributes.usagetype ?? '';
const unit = ({ steps }: OfferRow): string => (steps[0]?.unit ?? '').toLowerCase();

/** The rules that leave single rows out; the first that applies is counted. docs/price-refresh.md explains each. */
export const EXCLUSIONS: readonly Exclusion[] = [
  { rule: 'otherRegion', applies: ({ attributes }, region) => (attributes.regionCode ?? region) !== region },
  { rule: 'otherCurrency', applies: ({ steps }) => steps.length > 0 && steps.every(({ pricePerUnit }) => pricePerUnit.USD === undefined) },
  // Sources do not agree whether the unit is a thousand or a million tokens per minute.
  { rule: 'reservedThroughput', applies: (row) => /reserved/i.test(usagetype(row)) || /tpm ?hour/.test(unit(row)) },
  { rule: 'guardrail', applies: (row) => /guardrail/i.test(usagetype(row)) },
  {
    rule: 'perItem',
    applies: (row) => /^(1k )?(images?( processed)?|requests?|textunits?|(video )?seconds?|minutes?|pages?)$/.test(unit(row)),
  },
  { rule: 'noModel', applies: ({ attributes }) => NAMES_WITHOUT_MODEL.has(nameIn(attributes) ?? '') },
];

/** Rules that compare several rows; `OfferSorter` applies them. */
export const DUPLICATE = 'duplicate';
export const MANTLE_BESIDE_RUNTIME = 'mantleBesideRuntime';
export const CONTRADICTORY = 'contradictory';
