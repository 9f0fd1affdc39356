import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { readOffer } from './offer-file';
import type { OfferRow, Service } from './offer-row';

/** Where the AWS Price List is published; reading it takes no credentials. */
export const PUBLIC_PRICE_LIST = 'https://pricing.us-east-1.amazonaws.com';

/** An offer file that stalls for longer is given up; Lambda, or whoever runs the script, tries again. */
const TIMEOUT_MS = 180_000;

interface RegionIndex {
  readonly regions?: Readonly<Record<string, { readonly currentVersionUrl?: string }>>;
}

/** The bulk files of the AWS Price List. They are public: nobody is asked who he is. */
export class PriceList {
  constructor(private readonly baseUrl: string) {}

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
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) {
      throw new Error(`${url.pathname} answered with status ${response.status}`);
    }
    return response;
  }
}

/** fetch says only that it failed, and why in the cause. */
function messageOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message || cause.name}` : message;
}
