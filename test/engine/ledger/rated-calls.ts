import * as fc from 'fast-check';
import { SOURCES } from '../../../engine/ledger/members';
import type { LedgerExtras } from '../../../engine/ledger/ledger-writer';
import { type Cost, type Quote, TIERS, type Usage } from '../../../engine/pricing/types';
import type { Call } from '../../../engine/records/call';
import type { RatedCall } from '../../../engine/rating/rater';
import { type Prices, UnitPrices } from '../../../engine/rating/unit-prices';

const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite'] as const;
export const METADATA_KEYS = ['team', 'cost center'];

/** Prices of so many pico-dollars for everything that is used, and twice as many for cache writes of unknown lifetime. */
function pricesOf(rate: bigint): Prices {
  return {
    quote: () => {
      throw new Error('no quote is asked for');
    },
    cost: (_, usage): Cost => {
      const units = Object.values(usage.units ?? {}).reduce((sum, count) => sum + count, 0);
      const low = rate * BigInt(KINDS.reduce((sum, kind) => sum + usage[kind], units));
      return { usd: low, low, high: low + rate * BigInt(usage.cacheWrite), byKind: {}, missing: [] };
    },
  };
}

function unitPricesOf(name: string, rate: bigint, flags: readonly string[]): UnitPrices {
  const resolved = {
    modelId: name,
    model: `provider.${name}`,
    title: `Model ${name}`,
    routing: 'regional',
    hourly: false,
    flags: [],
  } as const;
  const row = { id: `row ${name}`, source: '', grade: 'A', asOf: '', tier: 'standard', context: '-200000' } as const;
  const quote: Quote = { resolved, rates: {}, row, flags };
  return new UnitPrices(pricesOf(rate), quote);
}

const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/b';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/app/session';

/** Unit prices belong to one model and one Region. */
const PRICED = [
  { region: 'us-east-1', modelId: 'a', unitPrices: unitPricesOf('a', 3_000_001n, []) },
  { region: 'eu-west-1', modelId: 'a', unitPrices: unitPricesOf('a', 10n ** 15n + 7n, ['tierFallback']) },
  { region: 'us-east-1', modelId: PROFILE, unitPrices: unitPricesOf('b', 0n, ['tierFallback', 'timeOfReceipt']) },
];

const text = fc.oneof(fc.constantFrom('a', 'b', 'eu-west-1'), fc.string({ unit: 'binary', maxLength: 8 }));
const count = fc.oneof(fc.constant(0), fc.nat({ max: 10_000_000 }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const usage: fc.Arbitrary<Usage> = fc.record({
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  cacheWrite: count,
  units: maybe(fc.constantFrom<Record<string, number>>({ image: 2 }, { second: 7, searchUnit: 1 })),
});

const facts = fc.record({
  stopReason: maybe(text),
  latencyMs: maybe(fc.nat()),
  firstByteMs: maybe(fc.nat()),
  maxTokens: maybe(fc.nat()),
  temperature: maybe(fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0)),
  guardrail: maybe(fc.constantFrom('INTERVENED', 'NONE')),
});

const call = (of: { region: string; modelId: string }): fc.Arbitrary<Call> =>
  fc.record({
    kind: fc.constant('call' as const),
    requestId: maybe(text),
    eventId: maybe(text),
    source: maybe(fc.constantFrom(...SOURCES)),
    time: fc.integer({ min: 1_760_000_000, max: 1_760_000_004 }).map((seconds) => seconds * 1000),
    accountId: maybe(fc.constantFrom('1', '2')),
    region: fc.constant(of.region),
    inferenceRegion: maybe(fc.constantFrom('us-west-2', 'eu-west-3')),
    modelId: fc.constantFrom(of.modelId, `us.${of.modelId}`),
    operation: maybe(fc.constantFrom('Converse', 'InvokeModel')),
    caller: maybe(fc.oneof(text, fc.constant(SESSION))),
    errorCode: maybe(text),
    usage: maybe(usage),
    tier: fc.constantFrom(...TIERS),
    metadata: maybe(fc.constantFrom({}, { team: 'search', ticket: 'X-1' }, { team: 7 }, { 'cost center': '"4711"', team: '' })),
    facts: maybe(facts),
    flags: fc.subarray(['timeOfReceipt', 'noRequestId']),
  });

/** Any call after rating: its price, and what became of it, are independent of each other here. */
export const ratedCall: fc.Arbitrary<RatedCall> = fc.tuple(fc.constantFrom(...PRICED), fc.boolean()).chain(([priced, hasPrice]) =>
  fc
    .tuple(call(priced), fc.constantFrom('priced' as const, 'unpriced' as const, 'ignored' as const), text)
    .map(([rated, status, reason]): RatedCall => ({
      status,
      reason: status === 'priced' ? undefined : reason,
      call: rated,
      counts: true,
      usage: rated.usage,
      unitPrices: hasPrice ? priced.unitPrices : undefined,
    })),
);

export const extras: fc.Arbitrary<LedgerExtras> = fc.record({
  promptHash: maybe(fc.constant('0123456789abcdef')),
  outsideMetricWindow: fc.boolean(),
});

/** A call of which everything is known: only a reason is missing, because it has a price. */
export function fullCall(): RatedCall {
  const { region, unitPrices } = PRICED[1]!;
  const tokens: Usage = { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5, cacheWrite: 6, units: { image: 7 } };
  return {
    status: 'priced',
    counts: true,
    usage: tokens,
    unitPrices,
    call: {
      kind: 'call',
      requestId: 'r',
      eventId: 'e',
      source: 'batch',
      time: 1_760_000_000_000,
      accountId: '1',
      region,
      inferenceRegion: 'eu-west-3',
      modelId: PROFILE,
      operation: 'Converse',
      caller: SESSION,
      errorCode: 'E',
      usage: tokens,
      tier: 'flex',
      metadata: { team: 'search' },
      facts: { stopReason: 's', latencyMs: 1, firstByteMs: 1, maxTokens: 1, temperature: 1, guardrail: 'NONE' },
      flags: ['timeOfReceipt'],
    },
  };
}
