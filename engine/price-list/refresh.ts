import { Catalogue } from '../pricing/catalogue';
import type { RawRow } from '../pricing/price-row';
import { problemsOf } from '../pricing/catalogue-problems';
import { OfferSorter, type SortedOffers } from './offer-sorter';
import { regionsOf } from './scoped-rates';
import { merge, type Merged } from './merge';
import { ModelNames } from './model-names';
import { SERVICES } from './offer-row';
import type { PriceList } from './price-list';

/** A service that has fewer prices than this share of the last time was not read well. */
const MIN_SHARE = 0.9;
/** When more than this share of the prices contradict each other, something that tells them apart was not read. */
const MAX_CONTRADICTIONS = 0.1;

export interface RefreshProps {
  readonly priceList: PriceList;
  readonly region: string;
  readonly today: string;
  readonly builtIn: Catalogue;
  /** The catalogue of the last refresh; it is left out of account where it is broken or of another Region. */
  readonly stored?: string;
  readonly acceptShrunken?: boolean;
  readonly acceptQuarantined?: boolean;
}

export interface Refreshed extends Merged {
  readonly offers: SortedOffers;
  /** Models that can be called in the Region and have no price there. */
  readonly gaps: readonly string[];
}

interface Header {
  readonly region?: string;
  readonly read?: Readonly<Record<string, number>>;
}

/**
 * Reads the price list and makes a new catalogue.
 *
 * @throws if the price list cannot be read, or what was read must not be used; nothing has been stored then
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
  return { ...merged, offers, gaps: gapsOf(Catalogue.fromText(merged.text), region) };
}

/** The catalogue of the last refresh, if it can be built upon. */
export function storedFor(region: string, text: string | undefined): Catalogue | undefined {
  if (text === undefined || problemsOf(text).length > 0) return undefined;
  const catalogue = Catalogue.fromText(text);
  return catalogue.lines<Header>('catalogue')[0]?.region === region ? catalogue : undefined;
}

function requireWhole({ rates, priced }: SortedOffers, stored: Catalogue | undefined, acceptShrunken: boolean): void {
  if (rates.length === 0) {
    throw new Error('the price list is refused: no row of it could be read as a price');
  }
  const before = Object.entries(stored?.lines<Header>('catalogue')[0]?.read ?? {});
  const shrunken = before.find(([service, rows]) => (priced[service] ?? 0) < MIN_SHARE * rows);
  if (shrunken && !acceptShrunken) {
    const [service, rows] = shrunken;
    throw new Error(
      `the price list of ${service} is refused: it has ${priced[service] ?? 0} prices, the last time it had ${rows}; if that is right, run the refresh with acceptShrunken`,
    );
  }
}

function requireConsistent({ rates, contradictions }: SortedOffers): void {
  const questions = rates.length + contradictions.length;
  if (contradictions.length > MAX_CONTRADICTIONS * questions) {
    throw new Error(
      `the price list is refused: ${contradictions.length} of ${questions} prices contradict each other, for example ${contradictions[0]}`,
    );
  }
}

function gapsOf(catalogue: Catalogue, region: string): string[] {
  return catalogue.lines<{ gap: string; routing: string; regions: string[] }>('gap').flatMap(({ gap, routing, regions }) => {
    const prices = (row: RawRow): boolean =>
      row.routing === routing && row.tier === 'standard' && regionsOf(row, catalogue).includes(region) && row.until === undefined;
    return regions.includes(region) && !catalogue.raw(gap).some(prices) ? [`${gap} ${routing}`] : [];
  });
}
