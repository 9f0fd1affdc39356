import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import vectors from '../fixtures/price-vectors.json';
import { runInProcess, temporaryFolder } from './command-line';

const ARN = 'arn:aws:bedrock:us-east-1:111122223333';
const profiles = join(temporaryFolder(), 'profiles.json');
writeFileSync(
  profiles,
  JSON.stringify({
    [`${ARN}:provisioned-model/abc`]: 'amazon.nova-micro-v1:0',
    [`${ARN}:application-inference-profile/ab12cd34ef56`]: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  }),
);

const SONNET = 'us.anthropic.claude-sonnet-4-6';

interface Priced {
  readonly usd?: string;
  readonly region: string;
  readonly tier: string;
  readonly rates: Record<string, string>;
  readonly flags: string[];
  readonly missing?: string[];
  readonly bands: { readonly context?: string; readonly spec?: unknown; readonly usd?: string }[];
}

async function price(...args: string[]) {
  const ran = await runInProcess(['price', ...args, '--json']);
  return { ...ran, json: JSON.parse(ran.out || '{}') as Priced };
}

describe('vectors', () => {
  const KINDS: Record<string, string> = {
    inputBatch: 'input',
    outputBatch: 'output',
    topicUnit: 'topicPolicyUnit',
    contentUnit: 'contentPolicyUnit',
    modelUnitHours: 'modelUnitHour',
    modelMonths: 'modelMonth',
  };
  /** Options for what a vector has in other words. */
  const OPTIONS: Record<string, string[]> = {
    V41: ['anthropic.claude-3-5-sonnet-20240620-v1:0', '--tier', 'provisioned', '--spec', 'commitment=none'],
    V42: ['amazon.nova-micro-v1:0', '--tier', 'custom'],
    V43: ['amazon.nova-canvas-v1:0', '--spec', 'size=1024x1024,quality=standard'],
    V45: ['amazon.nova-canvas-v1:0', '--spec', 'size=2048x2048,quality=premium'],
    V51: ['bedrock:mantle-web-search'],
  };
  const TIERS = ['batch', 'flex', 'priority'];
  const rows = (vectors as unknown as ({ usage: Record<string, string> } & Record<string, string>)[]).map((vector) => ({ ...vector }));

  test.each(rows.map((vector) => [`${vector.id}: ${vector.trap}`, vector] as const))('%s', async (_, vector) => {
    const usage = Object.entries(vector.usage).map(([name, count]) => {
      const kind = name.replace('unit:', '');
      return `${KINDS[kind] ?? kind}=${count}`;
    });
    const { id = '', modelId = '', region = '', tier = '', asOf = '' } = vector;
    // The rates of the disputed vectors held until a promotion began.
    const at = vector.disputed ? '2026-08-20' : asOf;
    const model = OPTIONS[id] ?? [modelId, ...(TIERS.includes(tier) ? ['--tier', tier] : [])];
    const { json, code } = await price(...model, '--region', region, '--at', at, '--usage', usage.join(','), '--profiles', profiles);
    expect([json.usd, code]).toEqual([vector.usd, 0]);
  });
});

test('takes more tokens than one call can have as a sum of short calls, and says so', async () => {
  const banded = 'us.anthropic.claude-sonnet-4-20250514-v1:0';
  const of = async (usage: string) => (await price(banded, '--region', 'us-east-1', '--at', '2026-07-28', '--usage', usage)).json;
  expect(await of('input=1000000,output=1000000')).toMatchObject({ usd: '18', flags: ['sumOfCalls'] });
  expect(await of('input=300000,output=1000')).toMatchObject({ usd: '1.8225', flags: [] });
});

test('explains a price in JSON, with decimals as strings', async () => {
  const { json, code } = await price(
    SONNET,
    '--region',
    'us-east-1',
    '--at',
    '2026-10-01',
    '--usage',
    'input=12,cacheRead=180000,output=900',
  );
  expect(code).toBe(0);
  expect(json).toEqual({
    modelId: SONNET,
    model: 'anthropic.claude-sonnet-4-6',
    name: 'Claude Sonnet 4.6',
    provider: 'Anthropic',
    region: 'us-east-1',
    routing: 'regional',
    tier: 'standard',
    at: '2026-10-01',
    rates: { input: '3.3', cacheRead: '0.33', cacheWrite5m: '4.125', cacheWrite1h: '6.6', output: '16.5' },
    unit: expect.objectContaining({ input: '1M tokens', output: '1M tokens' }),
    bands: [],
    row: 'anthropic.claude-sonnet-4-6/regional/standard/us-east-1',
    source: expect.stringContaining('pl-fm-20260501'),
    grade: 'A',
    asOf: expect.stringMatching(/^\d{4}-\d\d/),
    flags: [],
    arithmetic: [
      { kind: 'input', count: '12', rate: '3.3', per: '1M tokens', usd: '0.0000396' },
      { kind: 'cacheRead', count: '180000', rate: '0.33', per: '1M tokens', usd: '0.0594' },
      { kind: 'output', count: '900', rate: '16.5', per: '1M tokens', usd: '0.01485' },
    ],
    usd: '0.0742896',
  });
});

test('explains a price in words', async () => {
  const { out, code } = await runInProcess([
    'price',
    SONNET,
    '--at',
    '2026-10-01',
    '--region',
    'us-east-1',
    '--usage',
    'input=1000000,output=1',
  ]);
  expect(code).toBe(0);
  for (const part of ['Claude Sonnet 4.6, Anthropic', 'regional', 'A: a row of the AWS price list was read', '× 3.3 / 1M', '3.3000165']) {
    expect(out).toContain(part);
  }
});

test('without a usage, there is no cost', async () => {
  expect((await price(SONNET)).json).not.toHaveProperty('usd');
});

test('a long prompt is in another band, and both bands are shown', async () => {
  const { json } = await price('anthropic.claude-sonnet-4-5-20250929-v1:0', '--region', 'us-east-1', '--usage', 'input=200000,cacheRead=1');
  expect(json.rates.input).toBe('6.6');
  expect(json.bands.map((band) => [band.context, band.usd])).toEqual([
    ['0-200000', '0.66000033'],
    ['200001-', '1.32000066'],
  ]);
});

test('the Region is that of the ARN, unless one is given', async () => {
  const arn = 'arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-6';
  expect((await price(arn)).json.region).toBe('eu-west-1');
  expect((await price(arn, '--region', 'eu-central-1')).json.region).toBe('eu-central-1');
  expect((await runInProcess(['price', SONNET, '--json'], { AWS_REGION: 'us-west-2' })).out).toContain('"region": "us-west-2"');
});

test('a tier that is not published is priced as standard, with a flag', async () => {
  const { json } = await price(SONNET, '--region', 'us-east-1', '--tier', 'flex');
  expect([json.tier, json.rates.input, json.flags]).toEqual(['flex', '3.3', ['tierFallback']]);
});

test('provisioned capacity has a price by commitment, and the one without is assumed', async () => {
  const { json } = await price(
    'amazon.nova-micro-v1:0',
    '--region',
    'us-east-1',
    '--tier',
    'provisioned',
    '--usage',
    'modelUnitHour=1.5,input=5',
  );
  expect([json.usd, json.flags]).toEqual(['90.75', ['hourlyCapacity', 'noCommitmentAssumed']]);
  expect(json.bands.map((band) => band.spec)).toEqual([{ commitment: '1m' }, { commitment: '6m' }, { commitment: 'none' }]);
});

test('a kind without a price leaves the cost unknown', async () => {
  const { json, code, out } = await price('openai.gpt-oss-120b-1:0', '--region', 'us-east-1', '--usage', 'input=5,cacheRead=7');
  expect(code).toBe(3);
  expect(json.missing).toEqual(['cacheRead']);
  expect(out).not.toContain('"usd": "0"');
  expect(json).not.toHaveProperty('usd');
});

test('a price that depends on more than was said is not guessed', async () => {
  const { code, out } = await runInProcess(['price', 'amazon.nova-canvas-v1:0', '--usage', 'image=1']);
  expect(code).toBe(3);
  expect(out).toContain('the price depends on size and quality');
  expect(out).toContain('size 1025-2048, quality premium');
});

test('features are valid ids', async () => {
  expect((await price('bedrock:guardrails', '--usage', 'topicPolicyUnit=2')).json.usd).toBe('0.0003');
});

describe('bad input', () => {
  test('fails with exit code 2 and the nearest ids if the model is not known', async () => {
    const { code, err, out } = await runInProcess(['price', 'us.anthropic.claude-sonet-4-6']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("'us.anthropic.claude-sonet-4-6' has no price: the model is not in the price catalogue");
    expect(err).toContain('anthropic.claude-sonnet-4-6');
  });

  test.each([
    ['us.anthropic.claude-opus-4-5', 'the nearest ids are us.anthropic.claude-opus-4-5-20251101-v1:0, '],
    ['anthropic.claude-opus-4-5', 'the nearest ids are anthropic.claude-opus-4-5-20251101-v1:0, '],
    ['bedrock/global.anthropic.claude-opus-4-5', 'the nearest ids are global.anthropic.claude-opus-4-5-20251101-v1:0, '],
  ])('the id that adds a date and a version is the nearest: %s', async (id, message) => {
    expect((await runInProcess(['price', id])).err).toContain(message);
  });

  test('fails if only a part of the id is known: similar is not the same', async () => {
    expect((await runInProcess(['price', 'anthropic.claude-opus-4'])).code).toBe(2);
    expect((await runInProcess(['price', 'us.eu.anthropic.claude-sonnet-4-6'])).code).toBe(2);
  });

  test('fails if the model of a profile is not known, and names the way out', async () => {
    const { code, err } = await runInProcess(['price', `${ARN}:application-inference-profile/unknown`]);
    expect(code).toBe(2);
    expect(err).toContain("'--profiles'");
  });

  test.each([
    [['--usage', 'input'], "'--usage' must be pairs like input=12,cacheRead=180000,output=900, got 'input'"],
    [['--usage', 'input=-1'], "'--usage' must give 'input' as a whole number, not negative, such as 1200, 10k or 1.5M, got '-1'"],
    [['--usage', 'input=1.5'], "'--usage' must give 'input' as a whole number, not negative, such as 1200, 10k or 1.5M, got '1.5'"],
    [['--usage', 'input=1e'], "got '1e'"],
    [['--usage', 'input=99999999999999999999'], "got '99999999999999999999'"],
    [
      ['--usage', 'second=NaN'],
      "'--usage' must give 'second' as a number with at most 6 decimals, not negative, such as 1200, 10k or 1.5M, got 'NaN'",
    ],
    [['--usage', 'input=1,input=2'], "'--usage' must name each key once, got 'input' twice"],
    [['--usage', 'constructor=1'], "'--usage' must name kinds that have prices, got 'constructor': use input, cacheRead"],
    [['--spec', 'size'], "'--spec' must be pairs like size=1024x1024,quality=premium, got 'size'"],
    [
      ['--at', 'yesterday'],
      "'--at' must be a day like 2026-09-01, a month like 2026-09 or a time like 2026-09-01T12:00:00Z, got 'yesterday'",
    ],
    [['--at', '2026-02-31'], "got '2026-02-31'"],
    [['--region', 'Frankfurt'], "'--region' must be a Region like us-east-1, got 'Frankfurt'"],
    [['--tier', 'cheap'], 'Allowed choices are standard, batch, flex, priority, latency'],
    [['--profiles', '/nowhere'], "'--profiles' names a file that cannot be read, '/nowhere': no such file"],
    [['--colour'], "unknown option '--colour'"],
  ])('fails for %j', async (args, message) => {
    const { code, err, out } = await runInProcess(['price', SONNET, ...args]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(message);
  });

  test.each([
    ['[]', 'got a list'],
    ['{"arn:aws:bedrock:x": 5}', "must map 'arn:aws:bedrock:x' to a model or profile id, got a number"],
    ['{', 'must name a JSON file'],
  ])('fails for the profiles %s', async (text, message) => {
    const file = join(temporaryFolder(), 'profiles.json');
    writeFileSync(file, text);
    const { code, err } = await runInProcess(['price', SONNET, '--profiles', file]);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).toContain(file);
  });
});
