import { generate } from '../../../demo/traffic/generator';
import { memberName, ORGANIZATION } from '../../../demo/traffic/members';
import { costOf, type Tokens } from '../../../demo/traffic/rates';
import { formatUsd } from '../../../engine/pricing/usd-text';

const END = new Date('2026-11-21T12:00:00Z');
const { records, expected } = generate(END);
const parsed = records.slice(0, -1).map(({ message }) => JSON.parse(message) as Shape);

interface Shape {
  readonly requestId: string;
  readonly modelId: string;
  readonly identity: { readonly arn: string };
  readonly input: { readonly inputBodyJson?: unknown; readonly inputTokenCount: number };
}

test('sends the same calls for the same seed and moment, others for another seed', () => {
  expect(generate(END).records).toEqual(records);
  expect(generate(END, { seed: 2 }).records).not.toEqual(records);
});

test('begins with a model that has a price: the preview opens the dashboards with the first one', () => {
  const profile = parsed[0]!.modelId.split('/').at(-1)!;
  expect(costOf(profile, { input: 1, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 })).toBeDefined();
});

test('calls of an organization are those of its members in turn, at the same prices', () => {
  const traffic = generate(END, { members: ORGANIZATION });
  const members = [...traffic.expected.byMember];
  expect(members.map(([name]) => name).sort()).toEqual(ORGANIZATION.map(memberName).sort());
  expect(members.reduce((sum, [, cost]) => sum + cost, 0n)).toBe(traffic.expected.cost);
  expect(traffic.expected.cost).toBe(expected.cost);
  const accounts = new Set(traffic.records.flatMap(({ message }) => /"accountId":"(\d+)"/.exec(message)?.[1] ?? []));
  expect([...accounts].sort()).toEqual(['111111111111', '222222222222']);
});

test('expects one status for each record', () => {
  const { priced, unpriced, ignored, malformed } = expected.byStatus;

  expect(priced + unpriced + ignored + malformed).toBe(records.length);
  expect(Math.min(priced, unpriced, ignored, malformed)).toBeGreaterThan(0);
});

test('covers routings, cache lifetimes, bodies, errors, zero records and duplicates', () => {
  const ids = parsed.map(({ requestId }) => requestId);
  const texts = records.map(({ message }) => message);

  expect(new Set(parsed.map(({ modelId }) => modelId)).size).toBeGreaterThanOrEqual(10);
  expect(new Set(parsed.map(({ identity }) => identity.arn)).size).toBeGreaterThanOrEqual(8);
  for (const part of ['global.', 'inference-profile/', '"ttl":"5m"', 'ephemeral_1h_input_tokens', 'errorCode', 'max_tokens']) {
    expect(texts.filter((text) => text.includes(part)).length).toBeGreaterThan(0);
  }
  expect(parsed.filter(({ input }) => input.inputBodyJson === undefined && input.inputTokenCount > 0).length).toBeGreaterThan(20);
  expect(ids.length - new Set(ids).size).toBeGreaterThan(5);
});

test('lies in the last three quarters of an hour, in order', () => {
  const times = records.map(({ time }) => time.getTime());

  expect(times).toEqual([...times].sort((left, right) => left - right));
  expect(times[0]).toBeGreaterThanOrEqual(END.getTime() - 46 * 60_000);
  expect(times.at(-1)).toBeLessThanOrEqual(END.getTime());
});

test('prices by hand-checked arithmetic', () => {
  const tokens: Tokens = { input: 12, output: 900, cacheRead: 180_000, cacheWrite5m: 9_000, cacheWrite1h: 100 };

  // 12 × 3.3 + 900 × 16.5 + 180,000 × 0.33 + 9,000 × 4.125 + 100 × 6.6, in millionths of a dollar
  expect(formatUsd(costOf('us.anthropic.claude-sonnet-4-6', tokens) ?? 0n)).toBe('0.1120746');
  expect(costOf('example.aurora-preview-v1:0', tokens)).toBeUndefined();
});
