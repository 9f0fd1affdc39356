import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pick } from 'stream-json/filters/pick.js';
import { parser } from 'stream-json/parser.js';
import { streamValues } from 'stream-json/streamers/stream-values.js';
import type { OfferRow, PriceStep } from './offer-row';

/** What is kept of a product until its price comes along, at the other end of the file. */
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
 * Reads an offer file while it arrives, so that its size does not matter.
 *
 * @returns the day on which it was published
 * @throws if it is cut off, is not JSON, or is not an offer file
 */
export async function readOffer(file: Readable, take: (row: OfferRow) => void): Promise<string> {
  const products = new Map<string, Product['attributes']>();
  let published: string | undefined;
  let priced = 0;
  const read = (value: unknown): void => {
    if (typeof value === 'string') {
      published = day(value, 'publicationDate');
    } else if (typeof value === 'object' && value !== null && 'attributes' in value) {
      const { sku, attributes } = value as Product;
      products.set(sku, Object.fromEntries(ATTRIBUTES.flatMap((name) => (attributes[name] ? [[name, attributes[name]]] : []))));
    } else {
      for (const row of rowsOf(value, products)) {
        priced += 1;
        take(row);
      }
    }
  };
  let wrong: unknown;
  const readAll = async (items: AsyncIterable<{ value: unknown }>): Promise<void> => {
    try {
      for await (const { value } of items) read(value);
    } catch (error) {
      wrong = error;
      throw error;
    }
  };
  const picked = pick.asStream({ filter: (path: Path) => isPublication(path) || isProduct(path) || isTerm(path) });
  try {
    await pipeline(file, parser.asStream(), picked, streamValues.asStream(), readAll);
  } catch (error) {
    // A pipeline that stops in its middle says of the fetched file that it was aborted, and not why.
    throw wrong ?? error;
  }
  if (published === undefined || priced === 0) {
    throw new Error(`it is not an offer file: it has ${products.size} products, ${priced} prices and the date ${published ?? 'unknown'}`);
  }
  return published;
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
      effective: day(term.effectiveDate, 'effectiveDate'),
    };
  }
}

function day(text: string, field: string): string {
  const [first] = /^\d{4}-\d{2}-\d{2}(?=T)/.exec(text) ?? [];
  if (first === undefined || Number.isNaN(Date.parse(text))) {
    throw new Error(`its '${field}' must be a time like '2026-07-23T23:35:55Z', got '${text}'`);
  }
  return first;
}
