import { Catalogue, type ModelInfo } from '../pricing/catalogue';
import type { RawRow } from '../pricing/price-row';
import { applyRates, type Applied, type Origin } from './apply-rates';
import type { SortedOffers, OfferedRate } from './offer-sorter';
import { bandOf, isInForce, regionsOf, scopeKey } from './price-scope';
import { isOfferSource, sourceKey } from './source-key';

export interface MergeProps {
  /** The catalogue that was shipped. */
  readonly builtIn: Catalogue;
  /** The catalogue that an earlier refresh stored for the same Region. */
  readonly stored?: Catalogue;
  readonly region: string;
  readonly today: string;
  readonly acceptQuarantined: boolean;
}

export interface Merged extends Omit<Applied, 'rows'> {
  /** The new catalogue. */
  readonly text: string;
  /** Rates for long contexts of models without a known context band, one sentence each. */
  readonly unplaced: readonly string[];
}

/** Published rates of one scope; without a context band, they hold for every context. */
interface PlacedRates {
  readonly context?: string;
  readonly rates: readonly OfferedRate[];
}

/** The shipped catalogue with the rows of earlier refreshes and of the offers. Rows are closed or replaced, never deleted. */
export function merge(props: MergeProps, offers: SortedOffers): Merged {
  const { builtIn, stored, region, today } = props;
  const changed: string[] = [];
  const added: string[] = [];
  const quarantined: string[] = [];
  const unplaced: string[] = [];
  const prices = builtIn.lines<ModelInfo>('model').flatMap(({ model }) => {
    const shipped = builtIn.raw(model);
    const rates = offers.rates.filter((rate) => rate.model === model);
    let rows = carryOver(shipped, stored?.raw(model) ?? [], region, builtIn);
    const scopes = placeRates(rates, rows, (row) => regionsOf(row, builtIn).includes(region), unplaced);
    const relatedRates = ratesByKind(rows);
    for (const [scope, published] of scopes) {
      const { matching, others } = split(rows, scope, region, builtIn);
      const shippedRates = ratesInForce(shipped, scope, props);
      const applied = applyRates({ ...published, rows: matching, shippedRates, relatedRates }, originOf(published.rates, offers, props));
      rows = [...others, ...applied.rows];
      changed.push(...applied.changed);
      added.push(...applied.added);
      quarantined.push(...applied.quarantined);
    }
    return rows;
  });
  const header = { catalogue: `${builtIn.version}/${region}/${today}`, region, read: offers.priced };
  const otherLines = [...sourceLines(props, offers), ...reasonLines(props), ...builtInLines(builtIn)];
  const text = [header, ...otherLines, ...prices].map((line) => JSON.stringify(line)).join('\n');
  return { text: `${text}\n`, changed, added, quarantined, unplaced };
}

/** Published rates by the scope that they price. */
function placeRates(
  rates: readonly OfferedRate[],
  rows: readonly RawRow[],
  inRegion: (row: RawRow) => boolean,
  unplaced: string[],
): Map<string, PlacedRates> {
  const scopes = new Map<string, PlacedRates>();
  for (const rate of rates) {
    const band = bandOf(rate, rows, inRegion);
    if (!band) {
      unplaced.push(`${rate.usagetype}: the catalogue does not say where long contexts of ${rate.model} begin`);
      continue;
    }
    const scope = scopeKey({ ...rate, ...band });
    scopes.set(scope, { ...band, rates: [...(scopes.get(scope)?.rates ?? []), rate] });
  }
  return scopes;
}

/** The shipped rows. In scopes for which an earlier refresh has read the Price List, its rows take their place. */
function carryOver(shipped: readonly RawRow[], earlier: readonly RawRow[], region: string, catalogue: Catalogue): RawRow[] {
  const inRegion = earlier.filter(({ regions }) => Array.isArray(regions) && regions.length === 1 && regions[0] === region);
  const refreshed = new Set(inRegion.filter(({ sources }) => sources.some(isOfferSource)).map(scopeKey));
  const others = [...refreshed].reduce<readonly RawRow[]>((rows, scope) => split(rows, scope, region, catalogue).others, shipped);
  return [...others, ...inRegion.filter((row) => refreshed.has(scopeKey(row)))];
}

/** The rows of a scope in one Region, and all others. A row of several Regions is divided. */
function split(rows: readonly RawRow[], scope: string, region: string, catalogue: Catalogue): { matching: RawRow[]; others: RawRow[] } {
  const matching: RawRow[] = [];
  const others: RawRow[] = [];
  for (const row of rows) {
    const regions = regionsOf(row, catalogue);
    if (scopeKey(row) !== scope || !regions.includes(region)) {
      others.push(row);
      continue;
    }
    matching.push({ ...row, regions: [region] });
    const elsewhere = regions.filter((name) => name !== region);
    if (elsewhere.length > 0) others.push({ ...row, regions: elsewhere });
  }
  return { matching, others };
}

/** The rates of a scope that the shipped catalogue has for the Region today, by kind. */
function ratesInForce(shipped: readonly RawRow[], scope: string, { builtIn, region, today }: MergeProps): Readonly<Record<string, string>> {
  const rows = shipped.filter((row) => scopeKey(row) === scope && regionsOf(row, builtIn).includes(region) && isInForce(row, today));
  return Object.assign({}, ...rows.map((row) => row.rates)) as Record<string, string>;
}

function ratesByKind(rows: readonly RawRow[]): Record<string, string[]> {
  const byKind: Record<string, string[]> = {};
  for (const [kind, rate] of rows.flatMap((row) => Object.entries(row.rates))) (byKind[kind] ??= []).push(rate);
  return byKind;
}

/** Rates of one scope may come from several offers: the row then carries the date of the oldest. */
function originOf(rates: readonly OfferedRate[], { published }: SortedOffers, { region, today, acceptQuarantined }: MergeProps): Origin {
  const services = [...new Set(rates.map(({ service }) => service))];
  const days = services.map((service) => published[service]!);
  return {
    sources: services.map((service) => sourceKey(service, region, published[service]!)),
    region,
    published: days.sort()[0]!,
    today,
    acceptQuarantined,
  };
}

function builtInLines(builtIn: Catalogue): object[] {
  return ['model', 'alias', 'regionSet', 'leftOut', 'gap'].flatMap((kind) => builtIn.lines<object>(kind));
}

interface SourceLine {
  readonly source: string;
}

/** Rows that were carried over may name sources that the shipped catalogue no longer has: those of the stored one are kept. */
function sourceLines({ builtIn, stored, region }: MergeProps, { published }: SortedOffers): SourceLine[] {
  const read = Object.entries(published).map(([service, day]) => ({
    source: sourceKey(service, region, day),
    what: `AWS Price List ${service} ${region}, published ${day}`,
    asOf: day,
    priceList: true,
  }));
  return lastOfEach('source', [...(stored?.lines<SourceLine>('source') ?? []), ...builtIn.lines<SourceLine>('source'), ...read]);
}

/** As with sources: rows that were carried over may name reasons of the stored catalogue. */
function reasonLines({ builtIn, stored }: MergeProps): object[] {
  const lines = [stored, builtIn].flatMap((catalogue) => catalogue?.lines<{ reason: string }>('reason') ?? []);
  return lastOfEach('reason', lines);
}

/** One line for each value of a field: the last one. */
function lastOfEach<K extends string, L extends Readonly<Record<K, string>>>(field: K, lines: readonly L[]): L[] {
  return [...new Map(lines.map((line) => [line[field], line])).values()];
}
