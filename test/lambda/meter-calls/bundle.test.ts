import { execFileSync } from 'node:child_process';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Metrics } from '../../../engine/telemetry/names';
import { metadataOnly, numbered } from '../../fixtures/invocation-records';
import { subscriptionEvent } from '../../engine/metering/harness';
import { runBundle } from './runtime-api';

const BUNDLE = resolve(__dirname, '../../../assets/meter-calls/index.js');
const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
const records = [1, 2, 3].map((number) => ({ ...numbered(metadataOnly, number), timestamp: now }));

const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

test.each(['TEXT', 'JSON'])('lines stay whole and at the top level under the runtime, log format %s', async (format) => {
  const { lines, answers } = await runBundle([subscriptionEvent(records), subscriptionEvent(['{'])], {
    LEDGER: 'perCall',
    AWS_LAMBDA_LOG_FORMAT: format,
  });
  expect(answers.map(({ kind }) => kind)).toEqual(['response', 'response']);
  const written = parsed(lines);
  expect(written.filter((line) => line.ledger === 1)).toHaveLength(4);
  const metrics = written.filter((line) => '_aws' in line && Metrics.CALLS in line);
  expect(metrics.map((line) => [line[Metrics.RECORDS_PRICED], line[Metrics.RECORDS_MALFORMED]])).toEqual([
    [3, 0],
    [0, 1],
  ]);
});

test('a batch that cannot be unpacked fails, so that Lambda keeps it, and the next one is metered', async () => {
  const { lines, answers } = await runBundle([{ awslogs: { data: 'AAAA' } }, subscriptionEvent(records)], {});
  expect(answers.map(({ kind }) => kind)).toEqual(['error', 'response']);
  expect(parsed(lines.filter((line) => line.includes('_aws')))[0]).toMatchObject({ [Metrics.RECORDS_PRICED]: 3 });
});

test('failed batches are metered when they come back through the queue', async () => {
  const { lines } = await runBundle([{ Records: [{ body: JSON.stringify(subscriptionEvent(records)) }] }], {});
  expect(parsed(lines)[0]).toMatchObject({ [Metrics.RECORDS_PRICED]: 3 });
});

test('the handler can be wrapped, as the ADOT layer does', () => {
  const script = `
    const bundle = require(${JSON.stringify(BUNDLE)});
    Object.defineProperty(bundle, 'handler', { enumerable: true, configurable: true, get: () => 'wrapped' });
    process.stdout.write(require(${JSON.stringify(BUNDLE)}).handler);`;
  expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('wrapped');
});

test('no SDK is loaded with the module', () => {
  const script = `require(${JSON.stringify(BUNDLE)}); process.stdout.write(Object.keys(require.cache).join(','));`;
  expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe(BUNDLE);
});

describe('over OTLP', () => {
  let received: Array<{ readonly key: unknown; readonly body: string }>;
  let answer: (response: ServerResponse) => void;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    received = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (data: Buffer) => (body += data.toString()));
      request.on('end', () => {
        if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
          response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ SecretString: 'x-key=a%20b' }));
        } else {
          received.push({ key: request.headers['x-key'], body });
          answer(response);
        }
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const metered = (env: Record<string, string>) =>
    runBundle(
      [0, 10, 20].map((from) => subscriptionEvent([1, 2].map((i) => ({ ...numbered(metadataOnly, from + i), timestamp: now })))),
      { LEDGER: 'perCall', OTLP_METRICS_ENDPOINT: `${url}/v1/metrics`, ...env },
    );

  test('metrics are sent with the headers of a secret, which no line has', async () => {
    answer = (response) => response.writeHead(200).end();
    const { lines } = await metered({
      OTLP_TIMEOUT_MS: '30000',
      OTLP_HEADERS_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:otlp',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    });
    expect(received.map(({ key }) => key)).toEqual(['a b', 'a b', 'a b']);
    expect(received[0]!.body).toContain(`"name":"${Metrics.COST}"`);
    expect(lines.join('\n')).not.toContain('a b');
  });

  test('a destination that never answers costs no record', async () => {
    answer = () => undefined;
    const { lines, answers } = await metered({});
    expect(answers.map(({ kind }) => kind)).toEqual(['response', 'response', 'response']);
    expect(lines.filter((line) => line.includes('"ledger":1'))).toHaveLength(6);
    expect(lines.filter((line) => line.includes('metrics are not sent over OTLP'))).toHaveLength(1);
  });
});
