import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { readOffer } from './offer-file';
import type { OfferRow, Service } from './offer-row';

/** Where the AWS Price List is published; reading it takes no credentials. */
export const PUBLIC_PRICE_LIST = 'https://pricing.us-east-1.amazonaws.com';

/** For one request and its body, so that a stalled offer file fails instead of taking all the time of the function. */
const TIMEOUT_MS = 180_000;

/** The part of the global `fetch` that is needed. */
export type Fetch = (url: URL, options: { readonly signal: AbortSignal }) => Promise<Response>;

interface RegionIndex {
  readonly regions?: Readonly<Record<string, { readonly currentVersionUrl?: string }>>;
}

/**
 * The bulk files of the AWS Price List, or of a mirror with the same paths.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api-fetching-price-list-files-manually.html
 */
export class PriceList {
  constructor(
    private readonly baseUrl: string,
    private readonly fetch: Fetch,
  ) {}

  /**
   * Reads the current offer of a service in a Region.
   *
   * @returns the day on which it was published, or undefined if the service is not offered there
   */
  public async read(service: Service, region: string, take: (row: OfferRow) => void): Promise<string | undefined> {
    try {
      const index = (await (await this.get(`/offers/v1.0/aws/${service}/current/region_index.json`)).json()) as RegionIndex;
      if (typeof index.regions !== 'object' || index.regions === null) {
        throw new Error("its index has no 'regions'");
      }
      const path = index.regions[region]?.currentVersionUrl;
      if (path === undefined) return undefined;
      const { body } = await this.get(path);
      if (!body) throw new Error('its offer file is empty');
      return await readOffer(Readable.fromWeb(body as ReadableStream), take);
    } catch (error) {
      throw new Error(`the price list of ${service} in ${region} cannot be read: ${messageOf(error)}`, { cause: error });
    }
  }

  private async get(path: string): Promise<Response> {
    const url = new URL(path, this.baseUrl);
    if (url.origin !== new URL(this.baseUrl).origin) {
      throw new Error(`its index points to another server, '${url.origin}'`);
    }
    const response = await this.fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) {
      throw new Error(`${url.pathname} answered with status ${response.status}`);
    }
    return response;
  }
}

/** The message of a failed `fetch` is only "fetch failed"; the reason is in its cause. */
function messageOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message || cause.name}` : message;
}
