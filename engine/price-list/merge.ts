import { Catalogue, type ModelInfo } from '../pricing/catalogue';
import type { RawRow } from '../pricing/price-row';
import { applyRates, isRead, sourceKey, type Applied, type Origin } from './apply-rates';
import type { SortedOffers, OfferedRate } from './offer-sorter';
import { bandOf, scopeKey, regionsOf } from './scoped-rates';

export interface MergeProps {
  /** The catalogue that was shipped. */
  readonly builtIn: Catalogue;
  /** What an earlier refresh made of it, for the same Region. */
  readonly stored?: Catalogue;
  readonly region: string;
  readonly today: string;
  readonly acceptQuarantined: boolean;
}

export interface Merged extends Omit<Applied, 'rows'> {
  /** The new catalogue. */
  readonly text: string;
  /** Rates for long contexts of models whose bands nobody knows. */
  readonly unplaced: readonly string[];
}

/** The shipped catalogue, with what earlier refreshes found and what the price list says now. Nothing is ever deleted. */
export function merge(props: MergeProps, offers: SortedOffers): Merged {
  const { builtIn, stored, region, today } = props;
  const changed: string[] = [];
  const added: string[] = [];
  const quarantined: string[] = [];
  const unplaced: string[] = [];
  const prices = builtIn.lines<ModelInfo>('model').flatMap(({ model }) => {
    const shipped = builtIn.raw(model);
    const rates = offers.rates.filter((rate) => rate.model === model);
    let rows = carriedOver(shipped, stored?.raw(model) ?? [], region, builtIn);
    const byScope = placed(rates, rows, (row) => regionsOf(row, builtIn).includes(region), unplaced);
    for (const [scope, published] of byScope) {
      const { own, others } = split(rows, scope, region, builtIn);
      const applied = applyRates(
        { ...published, rows: own, builtIn: ratesOf(shipped, scope, props) },
        originOf(published.rates, offers, props),
      );
      rows = [...others, ...applied.rows];
      changed.push(...applied.changed);
      added.push(...applied.added);
      quarantined.push(...applied.quarantined);
    }
    return rows;
  });
  const header = { catalogue: `${builtIn.version}/${region}/${today}`, region, read: offers.priced };
  const kept = [...sourceLines(props, offers), ...reasonLines(props), ...builtInLines(builtIn)];
  const text = [header, ...kept, ...prices].map((line) => JSON.stringify(line)).join('\n');
  return { text: `${text}\n`, changed, added, quarantined, unplaced };
}

/** Published rates by the scope they are for. */
function placed(
  rates: readonly OfferedRate[],
  rows: readonly RawRow[],
  inRegion: (row: RawRow) => boolean,
  unplaced: string[],
): Map<string, { context?: string; rates: OfferedRate[] }> {
  const byScope = new Map<string, { context?: string; rates: OfferedRate[] }>();
  for (const rate of rates) {
    const band = bandOf(rate, rows, inRegion);
    if (!band) {
      unplaced.push(`${rate.usagetype}: nobody knows where long contexts of ${rate.model} begin`);
      continue;
    }
    const scope = scopeKey({ ...rate, ...band });
    const found = byScope.get(scope) ?? { ...band, rates: [] };
    byScope.set(scope, { ...found, rates: [...found.rates, rate] });
  }
  return byScope;
}

/** The shipped rows; where an earlier refresh has read the price list for a scope, its rows instead. */
function carriedOver(shipped: readonly RawRow[], earlier: readonly RawRow[], region: string, catalogue: Catalogue): RawRow[] {
  const here = earlier.filter(({ regions }) => Array.isArray(regions) && regions.length === 1 && regions[0] === region);
  const read = new Set(here.filter(({ sources }) => sources.some(isRead)).map(scopeKey));
  const others = [...read].reduce<readonly RawRow[]>((rows, scope) => split(rows, scope, region, catalogue).others, shipped);
  return [...others, ...here.filter((row) => read.has(scopeKey(row)))];
}

/** The rows of a scope as they hold in one Region, apart from all else. */
function split(rows: readonly RawRow[], scope: string, region: string, catalogue: Catalogue): { own: RawRow[]; others: RawRow[] } {
  const own: RawRow[] = [];
  const others: RawRow[] = [];
  for (const row of rows) {
    const regions = regionsOf(row, catalogue);
    if (scopeKey(row) !== scope || !regions.includes(region)) {
      others.push(row);
      continue;
    }
    own.push({ ...row, regions: [region] });
    const elsewhere = regions.filter((name) => name !== region);
    if (elsewhere.length > 0) others.push({ ...row, regions: elsewhere });
  }
  return { own, others };
}

function ratesOf(shipped: readonly RawRow[], scope: string, { builtIn, region, today }: MergeProps): Readonly<Record<string, string>> {
  const here = shipped.filter(
    (row) =>
      scopeKey(row) === scope && regionsOf(row, builtIn).includes(region) && (row.from ?? '') <= today && (row.until ?? '9999') > today,
  );
  return Object.assign({}, ...here.map((row) => row.rates)) as Record<string, string>;
}

/** A scope whose rates are in several offers is as new as the oldest of them. */
function originOf(rates: readonly OfferedRate[], { published }: SortedOffers, { region, today, acceptQuarantined }: MergeProps): Origin {
  const offers = [...new Set(rates.map(({ service }) => service))];
  const sources = offers.map((service) => sourceKey(service, region, published[service]!));
  return { sources, region, published: offers.map((service) => published[service]!).sort()[0]!, today, acceptQuarantined };
}

function builtInLines(builtIn: Catalogue): object[] {
  return ['model', 'alias', 'regionSet', 'leftOut', 'gap'].flatMap((kind) => builtIn.lines<object>(kind));
}

interface SourceLine {
  readonly source: string;
}

/**
 * The sources of the shipped catalogue, of earlier refreshes and of this one. Rows that were carried over may name sources
 * and reasons that the shipped catalogue no longer has.
 */
function sourceLines({ builtIn, stored, region }: MergeProps, { published }: SortedOffers): SourceLine[] {
  const now = Object.entries(published).map(([service, day]) => ({
    source: sourceKey(service, region, day),
    what: `AWS Price List ${service} ${region}, published ${day}`,
    asOf: day,
    priceList: true,
  }));
  return distinct('source', [...(stored?.lines<SourceLine>('source') ?? []), ...builtIn.lines<SourceLine>('source'), ...now]);
}

function reasonLines({ builtIn, stored }: MergeProps): object[] {
  const all = [stored, builtIn].flatMap((catalogue) => catalogue?.lines<{ reason: string }>('reason') ?? []);
  return distinct('reason', all);
}

/** One line for each value of a field: the last one. */
function distinct<K extends string, L extends Readonly<Record<K, string>>>(field: K, lines: readonly L[]): L[] {
  return [...new Map(lines.map((line) => [line[field], line])).values()];
}
