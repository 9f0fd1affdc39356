import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES, type Service } from '../../../engine/price-list/offer-row';
import type { Fetch } from '../../../engine/price-list/price-list';

const FIXTURES = join(__dirname, '../../fixtures/price-list');

export interface Offer {
  publicationDate: string;
  products: Record<string, { attributes: Record<string, string> }>;
  terms: { OnDemand: Record<string, Record<string, Term>> };
}

interface Term {
  sku: string;
  effectiveDate: string;
  priceDimensions: Record<string, { unit: string; pricePerUnit: Record<string, string> }>;
}

/** The real rows of the fixtures, fresh for each caller. */
export function offerOf(service: Service): Offer {
  return JSON.parse(readFileSync(join(FIXTURES, `${service}.json`), 'utf8')) as Offer;
}

/** The rows of Sonnet 4.6, which are not the only ones with their usage types. */
export function sonnetOnly(): Offer {
  const offer = offerOf('AmazonBedrockFoundationModels');
  for (const [sku, { attributes }] of Object.entries(offer.products)) {
    if (!attributes.servicename?.includes('Sonnet 4.6')) removeRow(offer, sku);
  }
  return offer;
}

export function removeRow(offer: Offer, sku: string): void {
  delete offer.products[sku];
  delete offer.terms.OnDemand[sku];
}

/** Sets the price of the row with a usage type, and the day from which it holds. */
export function reprice(offer: Offer, usagetype: string, usd: string, day?: string): void {
  const [sku] = Object.entries(offer.products).find(([, { attributes }]) => attributes.usagetype === usagetype) ?? [];
  for (const term of Object.values(offer.terms.OnDemand[sku!]!)) {
    term.effectiveDate = day === undefined ? term.effectiveDate : `${day}T00:00:00Z`;
    for (const step of Object.values(term.priceDimensions)) step.pricePerUnit = { USD: usd };
  }
}

/** Adds a row of another usage type and price, in the shape of an existing one. */
export function addRow(offer: Offer, like: string, usagetype: string, usd: string, attributes: Record<string, string> = {}): void {
  const [sku, product] = Object.entries(offer.products).find(([, found]) => found.attributes.usagetype === like)!;
  const added = `ADDED${Object.keys(offer.products).length}`;
  offer.products[added] = { ...product, ...{ sku: added }, attributes: { ...product.attributes, ...attributes, usagetype } };
  const [term] = structuredClone(Object.values(offer.terms.OnDemand[sku]!));
  offer.terms.OnDemand[added] = { [added]: { ...term!, sku: added } };
  reprice(offer, usagetype, usd);
}

/** The AWS Price List, with the real rows of us-east-1 until a test changes or breaks them. */
export class FakePriceList {
  /** What is served of each service: an offer, or a text that is none. */
  readonly offers = new Map<Service, Offer | string>(SERVICES.map((service) => [service, offerOf(service)]));
  /** Status by path, where it is not 200. */
  readonly broken = new Map<string, number>();
  /** The server to which the index points, if it is not this one. */
  otherOrigin = '';

  readonly fetch: Fetch = ({ pathname }) => {
    const { status, body } = this.respond(pathname);
    return Promise.resolve(new Response(body, { status }));
  };

  respond(path: string): { readonly status: number; readonly body: string } {
    const [, service, file] = /^\/offers\/v1\.0\/aws\/(\w+)\/(.+)$/.exec(path) ?? [];
    const offer = this.offers.get(service as Service);
    const status = this.broken.get(path) ?? 200;
    if (file === 'current/region_index.json') {
      const currentVersionUrl = `${this.otherOrigin}/offers/v1.0/aws/${service}/1/us-east-1/index.json`;
      const regions = offer === undefined ? {} : { 'us-east-1': { regionCode: 'us-east-1', currentVersionUrl } };
      return { status, body: JSON.stringify({ regions }) };
    }
    if (offer === undefined) return { status: 404, body: '' };
    return { status, body: typeof offer === 'string' ? offer : JSON.stringify(offer) };
  }
}
