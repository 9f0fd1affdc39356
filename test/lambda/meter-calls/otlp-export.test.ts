import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readOtlpConfig } from '../../../engine/metering/otlp-config';
import type { MinuteReadings } from '../../../engine/metering/otlp-readings';
import { Metrics } from '../../../engine/telemetry/names';
import { type Authorize, OtlpExport } from '../../../lambda/meter-calls/otlp-export';
import { parseHeaders } from '../../../lambda/meter-calls/otlp-headers';
import { signingFor } from '../../../lambda/meter-calls/otlp-signing.lazy';

/** Short, so that a server that never answers does not hold up the tests; long enough for one on this machine. */
const TIMEOUT_MS = 400;
const PAUSE = 60_000;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end(body);
const ok = status(200, { 'content-type': 'application/json' }, '{}');

let server: Server;
let answer: Answer;
let received: { readonly headers: IncomingMessage['headers']; readonly cost: number }[];
let now: number;
let failed: number;
let warnings: string[];
let endpoint: string;

beforeEach(async () => {
  [answer, received, now, failed, warnings] = [ok, [], Date.parse('2026-11-20T10:00:00Z'), 0, []];
  jest.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (data: Buffer) => (text += data.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, cost: costIn(text) });
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`;
});
afterEach(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

function costIn(body: string): number {
  return [...body.matchAll(/"asDouble":([\d.]+)/g)].reduce((total, [, value]) => total + Number(value), 0);
}

const batch = (value: number): MinuteReadings[] => [
  {
    minute: now - (now % 60_000),
    readings: [{ metric: Metrics.COST, value, otelUnit: 'USD', dimensions: { 'gen_ai.request.model': 'm' } }],
    prices: [],
  },
];

function exporting(loadAuthorize: (signal: AbortSignal) => Promise<Authorize> = () => Promise.resolve(() => Promise.resolve({}))) {
  const config = { ...readOtlpConfig({ OTLP_METRICS_ENDPOINT: endpoint, OTLP_TEMPORALITY: 'delta' })!, timeoutMs: TIMEOUT_MS };
  const otlp = new OtlpExport({ config, scope: 'Space', loadAuthorize, clock: () => now, onFailed: () => (failed += 1) });
  return async (value: number) => {
    otlp.begin();
    await otlp.export(batch(value));
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS));
const total = () => received.reduce((sum, { cost }) => sum + cost, 0);

test('each batch is sent, when it is up', async () => {
  const send = exporting();
  await send(1);
  await send(2);
  expect(received.map(({ cost }) => cost)).toEqual([1, 2]);
  expect([failed, warnings]).toEqual([0, []]);
});

const endless: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{');
};
const refused: Answer = (request) => void request.socket.destroy();

describe.each<[string, Answer]>([
  ['refuses connections', refused],
  ['never answers', () => undefined],
  ['stalls in its answer', endless],
  ['answers 429', status(429, { 'retry-after': '5' })],
  ['answers 500', status(500, {}, 'x'.repeat(1_000_000))],
  ['answers 503', status(503)],
])('a destination that %s', (_, fault) => {
  test('is asked once, then left alone, and gets everything when it is back', async () => {
    answer = fault;
    const send = exporting();
    await send(1);
    const asked = received.length;
    for (let n = 0; n < 50; n++) {
      await send(1);
    }
    expect(received).toHaveLength(asked);
    expect(failed).toBe(1);
    expect(warnings).toEqual([expect.stringContaining('metrics are not sent over OTLP, and tried again after 60 s')]);

    [answer, received] = [ok, []];
    now += PAUSE;
    await send(1);
    await settled();
    await send(1);
    // A request without an answer may have arrived: its points have the same times again, of which a backend keeps one.
    expect(total()).toBe(53);
    expect(warnings.at(-1)).toContain('takes metrics again; 0 data points were lost');
  });
});

test('a connection that was closed while the function was frozen costs nothing', async () => {
  const send = exporting();
  await send(1);
  answer = (request) => {
    answer = ok;
    request.socket.destroy();
  };
  await send(2);
  expect([failed, warnings]).toEqual([0, []]);
  expect(received.map(({ cost }) => cost)).toEqual([1, 2, 2]);
});

test('an address at which nothing answers is named by what is wrong', async () => {
  server.close();
  await exporting()(1);
  expect(warnings).toEqual([expect.stringContaining('it cannot be reached: ECONNREFUSED')]);
});

test('a destination that stays down is tried once a minute, beside the metering, which does not wait for it', async () => {
  answer = () => undefined;
  const send = exporting();
  await send(1);
  now += PAUSE;
  const before = received.length;
  const batches = [send(1), send(1), send(1)];
  await Promise.all(batches);
  await settled();
  expect(received.length - before).toBeLessThanOrEqual(1);
  expect(warnings).toHaveLength(1);
});

describe('what would be refused again is not kept', () => {
  test.each([
    [400, status(400), 'temporality'],
    [401, status(401), 'secret'],
    [403, status(403), 'secret'],
    [404, status(404), 'endpoint'],
    [302, status(302, { location: 'http://127.0.0.1:1/' }), 'HTTP 302'],
    [200, status(200, { 'content-type': 'text/html' }, '<html>Sign in</html>'), 'a page'],
    [200, status(200, { 'content-type': 'application/json' }, '{"partialSuccess":{"rejectedDataPoints":"1"}}'), 'rejected 1 data points'],
  ])('%s: the warning says what to look at', async (_, fault, hint) => {
    answer = fault;
    const send = exporting();
    await send(1);
    expect(warnings).toEqual([expect.stringContaining(hint)]);
    [answer, received] = [ok, []];
    now += PAUSE;
    await send(2);
    await settled();
    await send(4);
    expect(total()).toBe(6);
    expect(warnings.at(-1)).toContain('1 data points were lost');
  });
});

test('garbage with 200 is success, as the status says', async () => {
  answer = status(200, { 'content-type': 'application/x-protobuf' }, '\u0000\u0001{{');
  await exporting()(1);
  expect([failed, received.length]).toEqual([0, 1]);
});

test('headers are read once, and are on each request', async () => {
  const load = jest.fn(() => Promise.resolve(() => Promise.resolve({ 'x-key': 'key' })));
  const send = exporting(load);
  await send(1);
  await send(1);
  expect(received.map(({ headers }) => [headers['x-key'], headers['content-type']])).toEqual(Array(2).fill(['key', 'application/json']));
  expect(load).toHaveBeenCalledTimes(1);
});

test('a secret that cannot be read costs as little as a destination that is down', async () => {
  const load = jest.fn(() => Promise.reject(new Error('AccessDenied')));
  const send = exporting(load);
  await send(1);
  await send(1);
  expect(received).toEqual([]);
  expect([failed, warnings.length]).toEqual([1, 1]);
});

test('one batch waits for a secret that is slow, the others do not, and all are sent once it is there', async () => {
  let answered: (authorize: Authorize) => void = () => undefined;
  const send = exporting(() => new Promise((resolve) => (answered = resolve)));
  await send(1);
  await send(2);
  expect([received.length, failed]).toEqual([0, 0]);
  answered(() => Promise.resolve({}));
  await settled();
  await send(4);
  expect(total()).toBe(7);
});

test('a rotated secret is read again', async () => {
  const load = jest.fn(() => Promise.resolve(() => Promise.resolve({})));
  const send = exporting(load);
  answer = status(401);
  await send(1);
  answer = ok;
  now += PAUSE;
  await send(1);
  await settled();
  expect(load).toHaveBeenCalledTimes(2);
});

test('thousands of points are sent in requests that CloudWatch takes', async () => {
  const config = readOtlpConfig({ OTLP_METRICS_ENDPOINT: endpoint, OTLP_TEMPORALITY: 'delta' })!;
  const loadAuthorize = () => Promise.resolve(() => Promise.resolve({}));
  const otlp = new OtlpExport({
    config: { ...config, timeoutMs: 20_000 },
    scope: 's',
    loadAuthorize,
    clock: () => now,
    onFailed: () => undefined,
  });
  const readings = Array.from({ length: 1_200 }, (_, i) => ({
    metric: Metrics.COST,
    value: 1,
    otelUnit: 'USD',
    dimensions: { 'gen_ai.request.model': `${i}` },
  }));
  await otlp.export([{ minute: now, readings, prices: [] }]);
  expect(received.map(({ cost }) => cost)).toEqual([500, 500, 200]);
});

test('requests to CloudWatch are signed for monitoring, with the session of the role', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };
  const headers = await signingFor('eu-central-1', env)('https://monitoring.eu-central-1.amazonaws.com/v1/metrics', '{}');
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/monitoring\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
  );
  expect(headers).not.toHaveProperty('host');
});

describe('the text of the secret', () => {
  test.each([
    ['Authorization=Basic%20YTpiOj8/Pj4=,stream-name=default', { Authorization: 'Basic YTpiOj8/Pj4=', 'stream-name': 'default' }],
    [' space_id = S , api_key = K== ', { space_id: 'S', api_key: 'K==' }],
    ['x-honeycomb-team=a%2Cb,', { 'x-honeycomb-team': 'a,b' }],
    ['k=100%', { k: '100%' }],
  ])('%s', (text, headers) => expect(parseHeaders(text)).toEqual(headers));

  test.each(['', 'no equals sign', '=value', 'a b=c', 'Authorization: Bearer x', 'a=%0D%0Ab', '{"Authorization":"Basic x"}'])(
    'is refused without a word of it: %s',
    (text) => {
      expect(() => parseHeaders(text)).toThrow(/^the secret with the headers must have the form name=value,name=value/);
    },
  );
});
