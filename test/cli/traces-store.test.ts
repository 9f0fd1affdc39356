import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { SpanStore } from '../../cli/traces/span-store';
import type { Span } from '../../engine/agents/span';
import { read } from '../engine/agents/spans';

const TRACES = 40;
const SPANS = 12_000;
const traceOf = (n: number): string => String(n % TRACES).padStart(32, 'a');
const spans: Span[] = read(...Array.from({ length: SPANS }, (_, n) => ({ id: String(n), trace: traceOf(n), at: n })));
const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('bedrock-observability-'));

test('gives back the spans of each trace, written or not, and leaves no file', () => {
  const before = left();
  const store = new SpanStore();
  spans.forEach((span) => store.add(span));
  expect(store.size).toBe(SPANS);
  expect(left()).toEqual(before);
  for (const traceId of store.traceIds) {
    expect(store.spansOf(traceId)).toEqual(JSON.parse(JSON.stringify(spans.filter((span) => span.traceId === traceId))));
  }
  expect(store.spansOf('none')).toEqual([]);
  store.close();
  store.close();
  expect(left()).toEqual(before);
});

test('a temporary folder that cannot be written to is named', () => {
  const store = new SpanStore('/no/such/folder');
  expect(() => spans.forEach((span) => store.add(span))).toThrow(/need a temporary file, which cannot be made: ENOENT/);
});
