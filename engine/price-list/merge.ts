import type { Catalogue, ModelInfo } from '../pricing/catalogue';
import type { RawRow } from '../pricing/price-row';
import { applyRates, type Applied, type Origin } from './apply-rates';
import type { SortedOffers, OfferedRate } from './offer-sorter';
import { openQuestions, type OpenQuestions } from './open-questions';
import { bandOf, isInForce, regionsOf, scopeKey } from './price-scope';
import { sourceKey } from './source-key';
import { lastOfEach, split, union } from './union';

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
  readonly open: OpenQuestions;
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
  const known = stored ? union(builtIn, stored) : builtIn;
  const prices = known.lines<ModelInfo>('model').flatMap(({ model }) => {
    const rates = offers.rates.filter((rate) => rate.model === model);
    let rows = known.raw(model);
    const scopes = placeRates(rates, rows, (row) => regionsOf(row, known).includes(region), unplaced);
    const relatedRates = ratesByKind(rows);
    for (const [scope, published] of scopes) {
      const { matching, others } = split(rows, scope, region, known);
      const shippedRates = ratesInForce(builtIn.raw(model), scope, props);
      const applied = applyRates({ ...published, rows: matching, shippedRates, relatedRates }, originOf(published.rates, offers, props));
      rows = [...others, ...applied.rows];
      changed.push(...applied.changed);
      added.push(...applied.added);
      quarantined.push(...applied.quarantined);
    }
    return rows;
  });
  const open = openQuestions(offers, unplaced, quarantined);
  const header = { catalogue: `${builtIn.version}/${region}/${today}`, region, read: offers.priced, open };
  const otherLines = ['reason', 'model', 'alias', 'regionSet', 'leftOut', 'gap'].flatMap((kind) => known.lines<object>(kind));
  const text = [header, ...sourceLines(known, props, offers), ...otherLines, ...prices].map((line) => JSON.stringify(line)).join('\n');
  return { text: `${text}\n`, changed, added, quarantined, unplaced, open };
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

interface SourceLine {
  readonly source: string;
}

function sourceLines(known: Catalogue, { region }: MergeProps, { published }: SortedOffers): SourceLine[] {
  const read = Object.entries(published).map(([service, day]) => ({
    source: sourceKey(service, region, day),
    what: `AWS Price List ${service} ${region}, published ${day}`,
    asOf: day,
    priceList: true,
  }));
  return lastOfEach('source', [...known.lines<SourceLine>('source'), ...read]);
}
