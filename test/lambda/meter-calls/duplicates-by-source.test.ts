import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logEvents } from '../../../lambda/meter-calls/log-events';
import { readableRecords } from '../../../lambda/meter-calls/stream-records';
import { meterOf, subscriptionEvent } from '../../engine/metering/harness';
import { metadataOnly, numbered } from '../../fixtures/invocation-records';
import { kinesisRecord } from '../../fixtures/kinesis';

const PAGE = join(__dirname, '../../../docs/organization.md');
const [HANDLERS, CALLS, PER_BATCH] = [8, 2000, 10];
/** Of a hundred batches so many are delivered a second time, a few batches later: out of their order. */
const REPEATED = 10;

/** Numbers from 0 to 1, the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The batches in the order in which they are delivered, copies among them. */
function deliveries(next: () => number): number[] {
  const batches = Array.from({ length: CALLS / PER_BATCH }, (_, number) => ({ number, at: number + next() * 4 }));
  const copies = batches.filter(() => next() * 100 < REPEATED).map(({ number, at }) => ({ number, at: at + 1 + next() * 20 }));
  return [...batches, ...copies].sort((one, other) => one.at - other.at).map(({ number }) => number);
}

/** Which handler gets a batch. Lambda has one handler at work on a shard at a time, unless `parallelizationFactor` is above 1. */
const SOURCES: Record<string, (batch: number, next: () => number) => number> = {
  'a log group': (_, next) => Math.floor(next() * HANDLERS),
  'a stream, `distribution` by log stream': (batch) => batch % HANDLERS,
  'a stream, `distribution` random': (_, next) => Math.floor(next() * HANDLERS),
};

async function measured(handlerOf: (batch: number, next: () => number) => number, isStream: boolean) {
  const next = random(16);
  const handlers = Array.from({ length: HANDLERS }, () => meterOf({ LEDGER: 'perCall' }));
  const delivered = deliveries(next);
  for (const batch of delivered) {
    const calls = Array.from({ length: PER_BATCH }, (_, at) => numbered(metadataOnly, batch * PER_BATCH + at));
    const event = subscriptionEvent(calls);
    const events = isStream ? readableRecords([kinesisRecord(0, event.awslogs.data)], false).events : logEvents(event);
    await handlers[handlerOf(batch, next)]!.meter.meter(events);
  }
  const ids = handlers.flatMap(({ ledger }) => ledger().map(({ requestId }) => String(requestId)));
  return { delivered: delivered.length * PER_BATCH, lines: ids.length, calls: new Set(ids).size };
}

const percent = (part: number) => `${((100 * part) / CALLS).toFixed(1)} %`;

test('how many calls are counted twice, by source, is what docs/organization.md says', async () => {
  const rows: string[] = [];
  for (const [source, handlerOf] of Object.entries(SOURCES)) {
    const { delivered, lines, calls } = await measured(handlerOf, source.startsWith('a stream'));
    // Whoever counts by request id has each call once, whatever the source.
    expect(calls).toBe(CALLS);
    rows.push(`| ${source} | ${percent(delivered - CALLS)} | ${percent(lines - CALLS)} | ${percent(calls - CALLS)} |`);
  }
  const table = [
    '| records of | delivered twice | metrics count twice | readers of the ledger count twice |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const fresh = page.replace(/(<!-- duplicates -->\n\n)(\|.*\n)+/, (_, start: string) => `${start}${table}\n`);
  if (process.env.UPDATE_DOCS) writeFileSync(PAGE, fresh);
  expect(fresh).toContain(table);
  expect(process.env.UPDATE_DOCS ? fresh : page).toBe(fresh);
  expect(rows[1]).toContain('| 0.0 % | 0.0 % |');
});
