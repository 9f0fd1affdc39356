import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPLICATION_PROFILE_ARN } from '../fixtures/invocation-records';
import { runInProcess } from './command-line';
import { call, COST, file, lines, replay } from './replaying';

const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const BUILT_IN = readFileSync(join(__dirname, '..', '..', 'engine', 'pricing', 'catalogue.ndjson'), 'utf8');

/** The built-in catalogue with other prices, as a refresh makes one. */
const refreshed = (rate: string) =>
  BUILT_IN.split('\n')
    .map((line) => (line.startsWith(`{"price":"${HAIKU}"`) ? line.replaceAll(/"input":"[^"]+"/g, `"input":"${rate}"`) : line))
    .join('\n');

const lineOf = (text: string, start: string) => text.split('\n').findIndex((line) => line.startsWith(start)) + 1;

/** One input token of Claude Haiku 4.5. */
const records = file(lines(call(1)));

describe('--catalogue', () => {
  const catalogue = file(refreshed('7'));

  test('replay, price and digest take its prices', async () => {
    expect((await replay([records, '--catalogue', catalogue])).lines).toMatchObject([{ costUsd: '0.000007' }]);
    const priced = await runInProcess(['price', `us.${HAIKU}`, '--catalogue', catalogue, '--usage', 'input=1', '--json']);
    expect(JSON.parse(priced.out)).toMatchObject({ usd: '0.000007' });
    const digest = await runInProcess(['digest', records, '--from', '2026-11-20', '--catalogue', catalogue, '--json']);
    expect(digest.out).toContain('"0.000007"');
  });

  test('a price that it lacks is that of the built-in one, as in the meter', async () => {
    const cut = file(BUILT_IN.split('\n').slice(0, 1).join('\n'));
    expect((await replay([records, '--catalogue', cut])).lines).toMatchObject([{ costUsd: COST }]);
  });

  test('price explains the row that replay names', async () => {
    const overrides = file(`{"overrides":[{"name":"contract","model":"${HAIKU}","rates":{"output":"9"}}]}`);
    const files = ['--catalogue', catalogue, '--overrides', overrides];
    const [replayed] = (await replay([records, ...files])).lines;
    const { out } = await runInProcess(['price', `us.${HAIKU}`, '--region', 'us-east-1', '--at', '2026-11-20', '--json', ...files]);
    const priced = JSON.parse(out) as { row: string; rates: Record<string, string> };
    expect(priced.row).toBe(replayed?.price?.row);
    expect(priced.rates).toMatchObject({ input: '7', output: '9' });
  });

  const CHANGES: [string, (text: string) => string, (text: string) => string][] = [
    ['is not JSON', (text) => text.replace('{"price"', '{"price'), (text) => `line ${lineOf(text, '{"price":')}: not JSON`],
    [
      'names no source',
      (text) => text.replace(/(\{"price":"amazon\.nova-pro-v1:0".*?"sources":\[)[^\]]*/, '$1"nowhere"'),
      (text) => `line ${lineOf(text, '{"price":"amazon.nova-pro-v1:0"')}: 'amazon.nova-pro-v1:0/`,
    ],
    [
      'has a rate that is none',
      (text) => text.replace(/(\{"price":"amazon\.nova-pro-v1:0".*?"input":")[^"]*/, '$1-1'),
      (text) => `line ${lineOf(text, '{"price":"amazon.nova-pro-v1:0"')}: 'amazon.nova-pro-v1:0': `,
    ],
    [
      'has prices of no model',
      (text) => text.replace('{"model":"amazon.nova-pro-v1:0"', '{"model":"amazon.nova-pro-v9:9"'),
      (text) => `line ${lineOf(text, '{"price":"amazon.nova-pro-v1:0"')}: 'amazon.nova-pro-v1:0' has prices but no line of its own`,
    ],
    ['is empty', () => '\n', () => 'it is empty'],
  ];

  test.each(CHANGES)('fails if it %s, and names the file and the line', async (_, change, problem) => {
    const changed = file(change(BUILT_IN));
    const { code, err, out } = await runInProcess(['replay', records, '--catalogue', changed]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`'--catalogue' cannot be used: ${problem(BUILT_IN)}`);
    expect(err).toContain(`in '${changed}'`);
  });

  test('many problems are counted', async () => {
    const { err } = await runInProcess(['replay', records, '--catalogue', file('{}\n'.repeat(9))]);
    expect(err).toMatch(/line 1: .*; line 2: .*; line 3: .*; and 6 more, in/);
  });

  test('fails if it cannot be read', async () => {
    const { code, err } = await runInProcess(['price', 'x', '--catalogue', '/nowhere']);
    expect([code, err]).toEqual([1, "error: '--catalogue' names a file that cannot be read, '/nowhere': no such file\n"]);
  });

  describe('in S3', () => {
    let server: Server;

    beforeAll(async () => {
      server = createServer((request, response) => {
        if (request.url?.startsWith('/bucket/prices/catalogue.ndjson')) return void response.end(refreshed('8'));
        const error = '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>';
        return void response.writeHead(404).end(error);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });

    afterAll(() => void server.close());

    const price = (url: string) =>
      runInProcess(['price', `us.${HAIKU}`, '--region', 'us-east-1', '--catalogue', url, '--json'], {
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      });

    test('it is read as well', async () => {
      expect(JSON.parse((await price('s3://bucket/prices/catalogue.ndjson')).out)).toMatchObject({ rates: { input: '8' } });
    });

    test.each([
      ['s3://bucket/other', 'The specified key does not exist.'],
      ['s3://bucket', 'write s3://bucket/key'],
    ])('fails for %s', async (url, reason) => {
      const { code, err } = await price(url);
      expect([code, err]).toEqual([1, `error: '--catalogue' names an object that cannot be read: ${reason}, at '${url}'\n`]);
    });
  });
});

describe('--profiles', () => {
  test('entries that never match are reported with the reason, and the others are used', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:111122223333';
    const profiles = file(
      JSON.stringify({
        [APPLICATION_PROFILE_ARN]: `global.${HAIKU}`,
        [`${arn}:provisioned-model/abc`]: HAIKU,
        [`arn:aws:bedrock:us-east-1::foundation-model/${HAIKU}`]: HAIKU,
        [`${arn}:inference-profile/us.${HAIKU}`]: HAIKU,
        [`${arn}:guardrail/abc`]: HAIKU,
        'my-profile': HAIKU,
      }),
    );
    const { lines: found, err, code } = await replay([file(lines(call(1, { modelId: APPLICATION_PROFILE_ARN }))), '--profiles', profiles]);
    expect([code, found]).toEqual([0, [expect.objectContaining({ costUsd: '0.000001' })]]);
    expect(err.split('\n')).toEqual([
      `'--profiles': 'arn:aws:bedrock:us-east-1::foundation-model/${HAIKU}' in '${profiles}' never matches: ARNs of its kind name their model, or have no price`,
      expect.stringContaining(`:inference-profile/us.${HAIKU}' in '${profiles}' never matches: ARNs of its kind`),
      expect.stringContaining(":guardrail/abc' in"),
      `'--profiles': 'my-profile' in '${profiles}' never matches: it is not an ARN, and ids name their model`,
      '',
    ]);
  });

  test.each([
    ['[]', 'must be an object like { "arn:…": "global.anthropic.…" }, got a list'],
    ['{"a":{}}', "must map 'a' to a model or profile id, got a object"],
    ['not JSON', 'must name a JSON file'],
  ])('logs are priced without profiles that cannot be used, and the exit code says so: %s', async (text, message) => {
    const profiles = file(text);
    for (const { args, cost } of [
      { args: ['replay', records], cost: '0.0000011' },
      { args: ['digest', records, '--from', '2026-11-20'], cost: 'less than USD 0.01' },
    ]) {
      const { code, out, err } = await runInProcess([...args, '--profiles', profiles]);
      expect(code).toBe(3);
      expect(out).toContain(cost);
      expect(err).toContain(`'--profiles' ${message}`);
      expect(err).toContain('calls through profiles have no price');
    }
  });

  test('many such entries are counted', async () => {
    const profiles = file(JSON.stringify(Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`profile ${n}`, HAIKU]))));
    const { err } = await runInProcess(['price', HAIKU, '--profiles', profiles]);
    expect(err.split('\n')).toHaveLength(12);
    expect(err).toContain(`'--profiles': 3 more entries of '${profiles}' never match`);
  });
});
