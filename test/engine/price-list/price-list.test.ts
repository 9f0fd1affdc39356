import type { OfferRow } from '../../../engine/price-list/offer-row';
import { type Fetch, PriceList } from '../../../engine/price-list/price-list';
import { FakePriceList, offerOf } from './fake-price-list';

const SERVER = 'https://prices.example.com';
const SERVICE = 'AmazonBedrock';
const INDEX = `/offers/v1.0/aws/${SERVICE}/current/region_index.json`;

const offer = offerOf(SERVICE);
const text = JSON.stringify(offer);
const read = (fetch: Fetch, take: (row: OfferRow) => void = () => {}) => new PriceList(SERVER, fetch).read(SERVICE, 'us-east-1', take);

afterEach(() => jest.restoreAllMocks());

test('hands on each row with what is needed of its product, and returns the day of publication', async () => {
  const rows: OfferRow[] = [];
  expect(await read(new FakePriceList().fetch, (row) => rows.push(row))).toBe('2026-07-23');
  expect(rows).toHaveLength(Object.keys(offer.products).length);
  expect(rows[0]).toMatchObject({
    attributes: { usagetype: expect.any(String) as string, regionCode: 'us-east-1' },
    steps: [{ beginRange: '0', pricePerUnit: { USD: expect.any(String) as string } }],
    effective: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string,
  });
});

test('a service without an offer in the Region has no day', async () => {
  const list = new FakePriceList();
  list.offers.delete(SERVICE);
  expect(await read(list.fetch)).toBeUndefined();
});

const serve = (offerFile: string) => (list: FakePriceList) => void list.offers.set(SERVICE, offerFile);

test.each<[what: string, breakIt: (list: FakePriceList) => void, message: string]>([
  ['answers with an error', (list) => list.broken.set(INDEX, 503), `${INDEX} answered with status 503`],
  ['is cut off', serve(text.slice(0, text.length / 2)), 'Parser'],
  ['lacks only its end', serve(text.slice(0, -1)), 'Parser'],
  ['is a web page', serve('<html></html>'), 'Parser'],
  ['is another JSON', serve('{"hello":1}'), 'it is not an offer file: it has 0 products, 0 prices and the date unknown'],
  ['has prices without products', serve(text.replace('"products"', '"produce"')), 'without a product before it'],
  ['has no date', serve(JSON.stringify({ ...offer, publicationDate: 'soon' })), "its 'publicationDate' must be a time"],
  ['points elsewhere', (list) => (list.otherOrigin = 'http://elsewhere.invalid'), "to another server, 'http://elsewhere.invalid'"],
])('fails where the price list %s', async (_what, breakIt, message) => {
  const list = new FakePriceList();
  breakIt(list);
  await expect(read(list.fetch)).rejects.toThrow(message);
});

const index = () => Promise.resolve(new Response(JSON.stringify({ regions: { 'us-east-1': { currentVersionUrl: '/offer' } } })));
const serveFile =
  (file: (signal: AbortSignal) => Response): Fetch =>
  ({ pathname }, { signal }) =>
    pathname === '/offer' ? Promise.resolve(file(signal)) : index();

test.each<[what: string, fetch: Fetch, message: string]>([
  [
    'cannot be reached',
    () => Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') })),
    'fetch failed: connect ECONNREFUSED',
  ],
  ['has an index without Regions', () => Promise.resolve(new Response('{}')), "its index has no 'regions'"],
  ['has an empty offer file', serveFile(() => new Response(null)), 'its offer file is empty'],
])('fails where the price list %s, and says why', async (_what, fetch, message) => {
  await expect(read(fetch)).rejects.toThrow(`the price list of ${SERVICE} in us-east-1 cannot be read: ${message}`);
});

test('fails where an offer file stalls: the deadline covers the body as well', async () => {
  const deadline = new AbortController();
  jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
  const stalled = (signal: AbortSignal): Response =>
    new Response(
      new ReadableStream({
        start(body) {
          body.enqueue(Buffer.from(text.slice(0, 1000)));
          signal.addEventListener('abort', () => body.error(signal.reason));
          setImmediate(() => deadline.abort(new Error('took too long')));
        },
      }),
    );
  await expect(read(serveFile(stalled))).rejects.toThrow('cannot be read: took too long');
});
