import { Catalogue } from '../pricing/catalogue';
import type { RawRow } from '../pricing/price-row';
import { problemsOf } from '../pricing/catalogue-problems';
import { OfferSorter, type SortedOffers } from './offer-sorter';
import { merge, type Merged } from './merge';
import { ModelNames } from './model-names';
import { newQuestions, type OpenQuestions } from './open-questions';
import { SERVICES } from './offer-row';
import type { PriceList } from './price-list';
import { regionsOf } from './price-scope';

/** An offer with less than this share of the last refresh's prices is refused: it was probably not read whole. */
const MIN_SHARE = 0.9;
/** With more than this share of contradictory prices the list is refused: what distinguishes the rows was probably not read. */
const MAX_CONTRADICTIONS = 0.1;

/** Characters of a stored catalogue that is read: twenty times what the shipped one has. A larger one was not made by a refresh. */
const MAX_STORED = 20_000_000;

export interface RefreshProps {
  readonly priceList: PriceList;
  readonly region: string;
  readonly today: string;
  readonly builtIn: Catalogue;
  /** The catalogue of the last refresh; it is ignored if it is broken or for another Region. */
  readonly stored?: string;
  /** Whether an offer that has shrunk is accepted. */
  readonly acceptShrunken?: boolean;
  /** Whether prices that moved too far are accepted. */
  readonly acceptQuarantined?: boolean;
}

export interface Refreshed extends Merged {
  readonly offers: SortedOffers;
  /** Models, with their routing, that can be called in the Region and have no standard price there. */
  readonly gaps: readonly string[];
  /** Those of the open questions that the last refresh did not have. */
  readonly news: OpenQuestions;
  /** Whether there was no earlier refresh: what differs then is not a change, but what the shipped catalogue did not know. */
  readonly isFirst: boolean;
}

/** The first line of a refreshed catalogue. */
interface Header {
  readonly region?: string;
  /** Rows with a price, by service. */
  readonly read?: Readonly<Record<string, number>>;
  /** What could not be used; absent in a catalogue of an older version. */
  readonly open?: OpenQuestions;
}

/**
 * Reads the Price List and makes a new catalogue, which the caller stores.
 *
 * @throws if the Price List cannot be read, or if what was read is refused
 */
export async function refresh(props: RefreshProps): Promise<Refreshed> {
  const { builtIn, region, today, acceptQuarantined = false } = props;
  const stored = storedFor(region, props.stored);
  const sorter = new OfferSorter(region, new ModelNames(builtIn));
  for (const service of SERVICES) {
    const published = await props.priceList.read(service, region, (row) => sorter.take(service, row));
    if (published !== undefined) sorter.close(service, published);
  }
  const offers = sorter.result();
  requireWhole(offers, stored, props.acceptShrunken ?? false);
  requireConsistent(offers);

  const merged = merge({ builtIn, stored, region, today, acceptQuarantined }, offers);
  const problems = problemsOf(merged.text);
  if (problems.length > 0) {
    throw new Error(
      `the new catalogue is refused: ${problems.slice(0, 5).join('; ')}${problems.length > 5 ? `; and ${problems.length - 5} more` : ''}`,
    );
  }
  return {
    ...merged,
    offers,
    gaps: gapsOf(Catalogue.fromText(merged.text), region),
    news: newQuestions(merged.open, stored && headerOf(stored).open),
    isFirst: stored === undefined,
  };
}

/** The catalogue of the last refresh, unless it is broken or for another Region. */
function storedFor(region: string, text: string | undefined): Catalogue | undefined {
  if (text === undefined || text.length > MAX_STORED || problemsOf(text).length > 0) return undefined;
  const catalogue = Catalogue.fromText(text);
  return headerOf(catalogue).region === region ? catalogue : undefined;
}

function headerOf(catalogue: Catalogue): Header {
  return catalogue.lines<Header>('catalogue')[0] ?? {};
}

function requireWhole({ rates, priced }: SortedOffers, stored: Catalogue | undefined, acceptShrunken: boolean): void {
  if (rates.length === 0) {
    throw new Error('the price list is refused: no row of it could be read as a price');
  }
  const before = Object.entries((stored && headerOf(stored).read) ?? {});
  const shrunken = before.find(([service, rows]) => (priced[service] ?? 0) < MIN_SHARE * rows);
  if (shrunken && !acceptShrunken) {
    const [service, rows] = shrunken;
    throw new Error(
      `the price list of ${service} is refused: it has ${priced[service] ?? 0} prices, the last time it had ${rows}; if that is right, run the refresh with acceptShrunken`,
    );
  }
}

function requireConsistent({ rates, contradictions }: SortedOffers): void {
  const prices = rates.length + contradictions.length;
  if (contradictions.length > MAX_CONTRADICTIONS * prices) {
    throw new Error(
      `the price list is refused: ${contradictions.length} of ${prices} prices contradict each other, for example ${contradictions[0]}`,
    );
  }
}

/** The catalogue's list of gaps without those that the refresh has closed. */
function gapsOf(catalogue: Catalogue, region: string): string[] {
  return catalogue.lines<{ gap: string; routing: string; regions: string[] }>('gap').flatMap(({ gap: model, routing, regions }) => {
    const isPrice = (row: RawRow): boolean =>
      row.routing === routing && row.tier === 'standard' && regionsOf(row, catalogue).includes(region) && row.until === undefined;
    return regions.includes(region) && !catalogue.raw(model).some(isPrice) ? [`${model} ${routing}`] : [];
  });
}
