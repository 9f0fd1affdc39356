import { Metrics } from '../../../engine/telemetry/names';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import type { LogEvent } from '../../../engine/metering/meter-environment';
import type { Prices } from '../../../engine/rating/unit-prices';
import { keyedHash } from '../../../lambda/meter-calls/prompt-hash.lazy';
import { PromptHashing } from '../../../lambda/meter-calls/prompt-hashing';
import { cases } from '../../cases';
import { converse, metadataOnly, numbered } from '../../fixtures/invocation-records';
import { meterOf, messages, NOW } from './harness';

const MEGABYTE = 1_000_000;

const HASHING = new PromptHashing(() => Promise.resolve(keyedHash('key')));

/** A record whose request body has something else in it. */
const withBody = (number: number, body: string): string =>
  JSON.stringify({ ...numbered(metadataOnly, number), input: { ...(metadataOnly.input as object), inputBodyJson: 'BODY' } }).replace(
    '"BODY"',
    body,
  );

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

/** Meters strange events between two records, and returns what became of the records and of all. */
async function between(events: readonly unknown[]) {
  const run = meterOf({ LEDGER: 'perCall', DIMENSIONS: 'caller,meta:team' }, { promptHashing: HASHING });
  const [first, last] = messages([numbered(metadataOnly, 1), numbered(metadataOnly, 2)]);
  await run.meter.meter([first, ...events, last] as LogEvent[]);
  const total = (name: string) => run.emf().reduce((sum, line) => sum + Number(line[name] ?? 0), 0);
  return {
    states: [Metrics.RECORDS_PRICED, Metrics.RECORDS_UNPRICED, Metrics.RECORDS_IGNORED, Metrics.RECORDS_MALFORMED].map(total),
    ledger: run.ledger(),
  };
}

const deep = (depth: number): Array<[string, unknown]> => [
  [`a prompt ${depth} levels deep`, { timestamp: NOW, message: withBody(3, `{"messages":${nested('[', ']', depth)}}`) }],
  [
    `an object ${depth} levels deep`,
    { timestamp: NOW, message: withBody(3, `{"prompt":${nested('{"a":', '}', depth).replace('}', '1}')}}`) },
  ],
];

test.each<[string, unknown]>([
  ...deep(5000),
  ...deep(cases(100_000, MEGABYTE)),
  ['a prompt of a megabyte', { timestamp: NOW, message: withBody(3, `{"prompt":"${'x'.repeat(MEGABYTE)}"}`) }],
  ['lone surrogates', { timestamp: NOW, message: withBody(3, '{"prompt":"\\ud800"}') }],
  ['a member __proto__', { timestamp: NOW, message: withBody(3, '{"prompt":{"__proto__":{"a":1}},"__proto__":"x"}') }],
  ['a time of receipt that is no number', { timestamp: 'x', message: JSON.stringify(numbered(metadataOnly, 3)) }],
  ['a time of receipt beyond all dates', { timestamp: 1e300, message: JSON.stringify({ ...numbered(metadataOnly, 3), timestamp: 'x' }) }],
])('%s is metered, and so are the records beside it', async (_, event) => {
  const { states, ledger } = await between([event]);
  expect(states).toEqual([3, 0, 0, 0]);
  expect(ledger.map(({ status }) => status)).toEqual(['priced', 'priced', 'priced']);
});

test.each<[string, unknown]>([
  ['an event that is null', null],
  ['an event that is a number', 7],
  ['an event without a message', { timestamp: NOW }],
  ['a message that is null', { timestamp: NOW, message: null }],
  ['a message that is an object', { timestamp: NOW, message: { a: 1 } }],
  ['no time and no record', { timestamp: Number.NaN, message: 'x' }],
  ['a list a million levels deep', { timestamp: NOW, message: nested('[', ']', MEGABYTE) }],
  ['a megabyte of anything', { timestamp: NOW, message: 'x'.repeat(MEGABYTE) }],
])('%s is malformed, and the records beside it are priced', async (_, event) => {
  const { states, ledger } = await between([event]);
  expect(states).toEqual([2, 0, 0, 1]);
  expect(ledger).toHaveLength(3);
});

test('a record that cannot be rated is malformed under its request id, without the text of the error', async () => {
  const engine = new PriceEngine();
  const prices: Prices = {
    quote: (query) => {
      if (query.region === 'eu-west-1') {
        throw new RangeError('a secret');
      }
      return engine.quote(query);
    },
    cost: (quote, usage) => engine.cost(quote, usage),
  };
  const { meter, ledger, written } = meterOf({ LEDGER: 'perCall' }, { prices });
  await meter.meter(
    messages([numbered(metadataOnly, 1), { ...numbered(metadataOnly, 2), region: 'eu-west-1' }, numbered(metadataOnly, 3)]),
  );
  expect(ledger().map(({ status }) => status)).toEqual(['priced', 'malformed', 'priced']);
  expect(ledger()[1]).toMatchObject({ reason: 'not metered: RangeError', requestId: numbered(metadataOnly, 2).requestId });
  expect(written.join('')).not.toContain('secret');
});

test.each<[string, PromptHashing]>([
  ['the key cannot be read', new PromptHashing(() => Promise.reject(new Error('denied')))],
  [
    'the prompt cannot be hashed',
    new PromptHashing(() =>
      Promise.resolve(() => {
        throw new RangeError('too long');
      }),
    ),
  ],
])('where %s, calls with a prompt are flagged and priced all the same', async (_, promptHashing) => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const { meter, ledger } = meterOf({ LEDGER: 'perCall' }, { promptHashing });
  await meter.meter(messages([numbered(converse, 1), numbered(metadataOnly, 2)]));
  expect(ledger().map(({ status, flags, promptHash }) => [status, flags, promptHash])).toEqual([
    ['priced', ['promptNotHashed'], undefined],
    ['priced', undefined, undefined],
  ]);
  warn.mockRestore();
});

test('10,000 model ids that are not known take little more time than as many that are', async () => {
  const timeOf = async (modelId: (i: number) => unknown): Promise<number> => {
    const { meter, emf } = meterOf({ LEDGER: 'perCall' });
    const events = messages(Array.from({ length: 10_000 }, (_, i) => ({ ...numbered(metadataOnly, i), modelId: modelId(i) })));
    const start = process.cpuUsage();
    await meter.meter(events);
    const { user, system } = process.cpuUsage(start);
    expect(emf().length).toBeLessThan(10);
    return user + system;
  };
  await timeOf(() => metadataOnly.modelId);
  const known = await timeOf(() => metadataOnly.modelId);
  expect(await timeOf((i) => `no.such-model-${i}`)).toBeLessThan(15 * known);
});

test('10,000 events, half of them damaged, end each in one state', async () => {
  const events = Array.from({ length: 10_000 }, (_, i) => (i % 2 ? numbered(metadataOnly, i) : `{"requestId":"${i}"`));
  const { states, ledger } = await between(messages(events));
  expect(states).toEqual([5002 - 1, 0, 1, 5000]);
  expect(ledger).toHaveLength(10_001);
});
