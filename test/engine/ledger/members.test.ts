import * as fc from 'fast-check';
import { LedgerWriter, type LedgerExtras } from '../../../engine/ledger/ledger-writer';
import { LEDGER_LINE_START, Member } from '../../../engine/ledger/members';
import { formatUsd } from '../../../engine/pricing/usd-text';
import type { Cost, Quote, Usage } from '../../../engine/pricing/types';
import type { RatedCall } from '../../../engine/rating/rater';
import { extras, fullCall, METADATA_KEYS, ratedCall } from './rated-calls';
import { writtenMembers } from './written-members';

/** What the line of a call says, as an object: unknown members are undefined. */
function expectedLine(rated: RatedCall, { promptHash, outsideMetricWindow }: LedgerExtras): object {
  const { call, status, reason, usage, unitPrices } = rated;
  const { accountId, region, inferenceRegion, modelId, operation, caller, requestId, eventId, source, errorCode, facts } = call;
  const flags = unitPrices?.quote.flags ?? [];
  return {
    ...{ ledger: 1, time: new Date(call.time).toISOString(), status, reason, requestId, eventId, source },
    ...{ accountId, region, inferenceRegion, modelId, operation, caller, errorCode, promptHash },
    profile: modelId.startsWith('arn:') ? modelId : undefined,
    role: caller?.replace(/\/session$/, ''),
    ...(unitPrices ? expectedQuote(unitPrices.quote) : { modelName: `By id ${modelId}` }),
    ...(usage && { tokens: expectedTokens(usage), units: usage.units }),
    ...(usage && status === 'priced' && unitPrices && expectedCost(unitPrices.cost(usage))),
    ...facts,
    flags: unlessEmpty([...new Set([...call.flags, ...flags, ...(outsideMetricWindow ? ['outsideMetricWindow'] : [])])]),
    serviceTier: call.tier === 'standard' ? undefined : call.tier,
    metadata: expectedMetadata(call.metadata),
  };
}

const expectedQuote = ({ resolved: { model, title, routing }, row }: Quote): object => ({
  model,
  modelName: title,
  routing,
  priceRow: row?.id,
});

function expectedTokens({ input, output, ...rest }: Usage): object {
  const cached = ['cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite'] as const;
  return { input, output, ...Object.fromEntries(cached.flatMap((kind) => (rest[kind] > 0 ? [[kind, rest[kind]]] : []))) };
}

const expectedCost = ({ low, high }: Cost): object => ({
  costUsd: Number(formatUsd(low)),
  ...(high !== low && { costHighUsd: Number(formatUsd(high)) }),
});

function expectedMetadata(metadata: object = {}): object | undefined {
  const allowed = Object.entries(metadata).filter(([key, value]) => METADATA_KEYS.includes(key) && typeof value === 'string');
  return unlessEmpty(allowed) && Object.fromEntries(allowed);
}

const unlessEmpty = <T>(items: T[]): T[] | undefined => (items.length === 0 ? undefined : items);

test('a line is the JSON of what is known about the call, whatever the writer wrote before', () => {
  const sequence = fc.array(fc.tuple(ratedCall, extras), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(sequence, (calls) => {
      const writer = new LedgerWriter(METADATA_KEYS, false, (call) => `By id ${call.modelId}`);
      for (const [rated, beyond] of calls) {
        const line = writer.line(rated, beyond);
        expect(line.startsWith(LEDGER_LINE_START)).toBe(true);
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(expectedLine(rated, beyond))));
      }
    }),
    { numRuns: 100 },
  );
});

test('costs have all their digits', () => {
  const writer = new LedgerWriter([]);
  const rated = fullCall();
  const { low, high } = rated.unitPrices!.cost(rated.usage!);
  expect(writer.line(rated, { outsideMetricWindow: false })).toContain(`"costUsd":${formatUsd(low)},"costHighUsd":${formatUsd(high)},`);
});

test('lines are right beyond as many callers as are remembered', () => {
  const writer = new LedgerWriter([]);
  const rated = fullCall();
  const callers = Array.from({ length: 10_050 }, (_, i) => `arn:${i}`);
  const lines = callers.map((caller) => writer.line({ ...rated, call: { ...rated.call, caller } }, { outsideMetricWindow: false }));
  expect(lines.map((line) => (JSON.parse(line) as { caller: string }).caller)).toEqual(callers);
});

test('everything that is listed is written, and nothing else', () => {
  const listed = Object.values(Member).flatMap((member) => (typeof member === 'string' ? [member] : Object.values(member)));
  expect(writtenMembers()).toEqual(new Set(listed));
});
