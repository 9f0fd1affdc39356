import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pick } from 'stream-json/filters/pick.js';
import { parser } from 'stream-json/parser.js';
import { streamValues } from 'stream-json/streamers/stream-values.js';
import type { OfferRow, PriceStep } from './offer-row';

/** Attributes of a product that are kept in memory until its price is read. All prices come after all products. */
const ATTRIBUTES = ['usagetype', 'regionCode', 'servicename', 'model', 'titanModel'];

type Path = readonly (string | number | null)[];

const isPublication = (path: Path): boolean => path.length === 1 && path[0] === 'publicationDate';
const isProduct = (path: Path): boolean => path.length === 2 && path[0] === 'products';
const isTerm = (path: Path): boolean => path.length === 3 && path[0] === 'terms' && path[1] === 'OnDemand';

interface Product {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Term {
  readonly sku: string;
  readonly effectiveDate: string;
  readonly priceDimensions: Readonly<Record<string, PriceStep>>;
}

/**
 * Reads an offer file while it arrives, so that memory grows with its rows and not with its size.
 *
 * @returns the day on which it was published
 * @throws if it is cut off, is not JSON, or is not an offer file
 */
export async function readOffer(file: Readable, take: (row: OfferRow) => void): Promise<string> {
  const products = new Map<string, Product['attributes']>();
  let published: string | undefined;
  let prices = 0;
  const read = (value: unknown): void => {
    if (typeof value === 'string') {
      published = readDay(value, 'publicationDate');
    } else if (isProductValue(value)) {
      products.set(value.sku, keptAttributes(value));
    } else {
      for (const row of rowsOf(value, products)) {
        prices += 1;
        take(row);
      }
    }
  };

  let cause: unknown;
  const readAll = async (items: AsyncIterable<{ value: unknown }>): Promise<void> => {
    try {
      for await (const { value } of items) read(value);
    } catch (error) {
      cause = error;
      throw error;
    }
  };
  const picked = pick.asStream({ filter: (path: Path) => isPublication(path) || isProduct(path) || isTerm(path) });
  try {
    await pipeline(file, parser.asStream(), picked, streamValues.asStream(), readAll);
  } catch (error) {
    // After an error in `readAll` the pipeline aborts the fetched body and may report that abort instead of the error.
    throw cause ?? error;
  }
  if (published === undefined || prices === 0) {
    throw new Error(`it is not an offer file: it has ${products.size} products, ${prices} prices and the date ${published ?? 'unknown'}`);
  }
  return published;
}

function isProductValue(value: unknown): value is Product {
  return typeof value === 'object' && value !== null && 'attributes' in value;
}

function keptAttributes({ attributes }: Product): Product['attributes'] {
  return Object.fromEntries(ATTRIBUTES.flatMap((name) => (attributes[name] ? [[name, attributes[name]]] : [])));
}

function* rowsOf(terms: unknown, products: ReadonlyMap<string, Product['attributes']>): Iterable<OfferRow> {
  for (const term of Object.values(terms as Record<string, Term>)) {
    const attributes = products.get(term.sku);
    if (!attributes || !term.priceDimensions) {
      throw new Error(`it has a price of '${term.sku}' without a product before it`);
    }
    yield {
      sku: term.sku,
      attributes,
      steps: Object.values(term.priceDimensions),
      effective: readDay(term.effectiveDate, 'effectiveDate'),
    };
  }
}

function readDay(text: string, field: string): string {
  const [day] = /^\d{4}-\d{2}-\d{2}(?=T)/.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(text))) {
    throw new Error(`its '${field}' must be a time like '2026-07-23T23:35:55Z', got '${text}'`);
  }
  return day;
}
