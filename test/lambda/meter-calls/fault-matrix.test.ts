import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowOf } from '../../../engine/ledger/row';
import { readMeterConfig } from '../../../engine/metering/meter-config';
import { Metrics } from '../../../engine/telemetry/names';
import { LookUps } from '../../../lambda/shared/look-ups';
import { rowsPutter } from '../../../lambda/shared/put-rows';
import { ledgerTable } from '../../../lambda/shared/ledger-table';
import { newMeter } from '../../../lambda/meter-calls/new-meter';
import { messages, subscriptionEvent } from '../../engine/metering/harness';
import { APPLICATION_PROFILE_ARN, converse, numbered, type Raw } from '../../fixtures/invocation-records';
import { DEPENDENCIES, FAULTS, FaultyAws, type Dependency, type Fault } from './faulty-aws';
import { runBundle } from './runtime-api';

const CATALOGUE = readFileSync(join(__dirname, '../../../engine/pricing/catalogue.ndjson'), 'utf8');
const MODEL_ARN = 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6';

/** Short, so that the matrix is quick; long enough for a server on this machine. */
const LIMITS = { LOOK_UP_MS: '400', LOOK_UPS_OF_BATCH_MS: '900' };
/** Far below the timeout of the function, with room for a machine that does much else. */
const AT_MOST_MS = 8000;

const ENVIRONMENT = {
  LEDGER: 'perCall',
  CATALOGUE_BUCKET: 'prices',
  CATALOGUE_KEY: 'catalogue.ndjson',
  PRICE_OVERRIDES_BUCKET: 'assets',
  PRICE_OVERRIDES_KEY: 'own.json',
  PROMPT_HASH_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:key',
  // The profile is of another account than the meter.
  PROFILE_ROLE_NAME: 'reader',
  ACCOUNT_ID: '999999999999',
  ...LIMITS,
};

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>member</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** 99 calls by model id and one by application inference profile, all with a prompt. */
const batch = (first: number): Raw[] =>
  Array.from({ length: 100 }, (_, i) => ({
    ...numbered(converse, first + i),
    timestamp: now,
    ...(i === 50 && { modelId: APPLICATION_PROFILE_ARN }),
  }));

let aws: FaultyAws;
const before = { ...process.env };

beforeEach(async () => {
  aws = new FaultyAws({
    // The prices of Claude only, which are joined with the built-in ones.
    catalogue: CATALOGUE.split('\n')
      .filter((line) => !line.startsWith('{"price"') || line.includes('claude-sonnet-4-6'))
      .join('\n'),
    overrides: JSON.stringify({ discounts: [{ provider: 'Anthropic', percent: 50, name: 'EDP' }] }),
    profile: JSON.stringify({ models: [{ modelArn: MODEL_ARN }] }),
    secret: JSON.stringify({ SecretString: 'key' }),
    role: ASSUMED,
    table: JSON.stringify({ RequestResponses: Array(500).fill({ RecordId: 'taken' }) }),
  });
  await aws.start();
  Object.assign(process.env, aws.environment);
  jest.spyOn(console, 'warn').mockImplementation();
});

afterEach(() => {
  aws.stop();
  process.env = { ...before };
  jest.restoreAllMocks();
});

/** What the meter wrote of the last batch. */
let lines: Raw[];

/** A meter as the handler makes it. */
function meterWith(env: Record<string, string> = ENVIRONMENT) {
  const config = readMeterConfig(env);
  const lookUps = new LookUps(config.lookUpMs);
  const write = (text: string) => {
    lines.push(...text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Raw])));
    return Promise.resolve();
  };
  const meter = newMeter(
    config,
    lookUps,
    ledgerTable(config, lookUps, write, () => Promise.resolve({ rowOf, rowsPutter })),
  );
  return async (records: Raw[]) => {
    lines = [];
    lookUps.begin();
    const start = performance.now();
    await meter.meter(messages(records));
    const ledger = lines.filter((line) => line.ledger === 1);
    return {
      ms: performance.now() - start,
      ledger,
      count: (status: string) => ledger.filter((line) => line.status === status).length,
      failed: lines.reduce((sum, line) => sum + Number(line[Metrics.LOOK_UPS_FAILED] ?? 0), 0),
    };
  };
}

test('without a fault every call is priced with the discount and hashed, and nothing has failed', async () => {
  const run = await meterWith()(batch(0));
  expect([run.count('priced'), run.failed]).toEqual([100, 0]);
  for (const line of run.ledger) {
    expect(line).toMatchObject({ priceRow: expect.stringMatching(/^EDP\+/), promptHash: expect.any(String) });
    expect(line.flags ?? []).not.toContain('promptNotHashed');
  }
});

/** Without these a batch fails as a whole: its figures would be wrong, or not in the table. */
const REQUIRED: readonly Dependency[] = ['overrides', 'table'];

const matrix = (dependencies: readonly Dependency[]) =>
  dependencies.flatMap((dependency) => (Object.keys(FAULTS) as Fault[]).map((fault) => [dependency, fault] as const));

test.each(matrix(DEPENDENCIES.filter((dependency) => !REQUIRED.includes(dependency))))(
  '%s that %s costs no record, and the next batch does not meet it again',
  async (dependency, fault) => {
    aws.faults.set(dependency, fault);
    const meter = meterWith();
    const [first, asked] = [await meter(batch(0)), aws.asked[dependency]];
    const second = await meter(batch(100));
    for (const run of [first, second]) {
      expect(run.ledger).toHaveLength(100);
      expect(run.count('priced')).toBe(dependency === 'profile' || dependency === 'role' ? 99 : 100);
      expect(run.ms).toBeLessThan(AT_MOST_MS);
      // Whatever is missing can be seen in the line.
      const hashed = run.ledger.filter(({ promptHash }) => promptHash !== undefined).length;
      const notHashed = run.ledger.filter(({ flags }) => (flags as string[] | undefined)?.includes('promptNotHashed')).length;
      expect([hashed, notHashed]).toEqual(dependency === 'secret' ? [0, 100] : [100, 0]);
    }
    expect([first.failed, second.failed]).toEqual([1, 0]);
    expect(aws.asked[dependency]).toBe(asked);
    expect(asked).toBeGreaterThan(0);
    expect(console.warn).toHaveBeenCalledTimes(1);
  },
);

test.each(matrix(['overrides']))('%s that %s fail the batch in time, and nothing is lost', async (dependency, fault) => {
  aws.faults.set(dependency, fault);
  const meter = meterWith();
  const start = performance.now();
  await expect(meter(batch(0))).rejects.toThrow();
  expect(performance.now() - start).toBeLessThan(AT_MOST_MS);
  // Lambda sends the batch again.
  aws.faults.clear();
  expect((await meter(batch(0))).count('priced')).toBe(100);
  // Overrides that were read once stay in use.
  aws.faults.set(dependency, fault);
  expect((await meter(batch(100))).count('priced')).toBe(100);
});

test.each(matrix(['table']))('%s that %s fail the batch in time without a metric, and nothing is lost', async (dependency, fault) => {
  const meter = meterWith({ ...ENVIRONMENT, LEDGER_STREAM: 'rows' });
  aws.faults.set(dependency, fault);
  await expect(meter(batch(0))).rejects.toThrow(/Firehose did not take rows of the ledger|the ledger table did not answer/);
  expect(lines).toEqual([]);
  aws.faults.clear();
  expect((await meter(batch(0))).count('priced')).toBe(100);
});

test('overrides that do not come name the prop and the file', async () => {
  aws.faults.set('overrides', 'stalls in the body');
  await expect(meterWith()(batch(0))).rejects.toThrow("the file of 'priceOverrides' (s3://assets/own.json) did not answer within 900 ms");
});

test('a profile that is unknown costs no other profile its price, and of thousands one line is logged', async () => {
  aws.faults.set('profile', 'denies');
  const records = Array.from({ length: 3000 }, (_, i) => ({
    ...numbered(converse, i),
    timestamp: now,
    modelId: i % 30 ? String(converse.modelId) : `${APPLICATION_PROFILE_ARN}${i}`,
  }));
  const run = await meterWith({ LEDGER: 'perCall' })(records);
  expect([run.count('priced'), run.count('unpriced'), run.failed]).toEqual([2900, 100, 100]);
  expect(console.warn).toHaveBeenCalledTimes(1);
  expect(console.warn).toHaveBeenCalledWith(
    expect.stringContaining('100 application inference profiles cannot be resolved, their calls are unpriced: AccessDeniedException ('),
  );
});

test('the bundled handler meters a batch while nothing optional answers', async () => {
  (['profile', 'catalogue', 'secret'] as const).forEach((dependency) => aws.faults.set(dependency, 'accepts and says nothing'));
  const start = performance.now();
  const { lines, answers } = await runBundle([subscriptionEvent(batch(0))], { ...ENVIRONMENT, ...aws.environment });
  expect(answers.map(({ kind }) => kind)).toEqual(['response']);
  expect(lines.filter((line) => line.startsWith('{"ledger":1') && line.includes('"status":"priced"'))).toHaveLength(99);
  expect(performance.now() - start).toBeLessThan(AT_MOST_MS);
});
