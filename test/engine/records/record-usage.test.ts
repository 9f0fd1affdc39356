import * as fc from 'fast-check';
import { cachedTokens, NO_USAGE } from '../../../engine/pricing/token-buckets';
import type { Usage } from '../../../engine/pricing/types';
import { recordUsage, withoutCachedInput } from '../../../engine/records/record-usage';

const count = fc.nat({ max: 50 });
const usage: fc.Arbitrary<Usage> = fc
  .record({ input: fc.nat({ max: 250 }), cacheRead: count, cacheWrite5m: count, cacheWrite1h: count, cacheWrite: count })
  .map((counts) => ({ ...NO_USAGE, ...counts, output: 7 }));

describe('cached tokens that an OpenAI response counts as input too', () => {
  test('are taken out where the input can hold them, exactly or with room', () => {
    const cached = { ...NO_USAGE, cacheRead: 8_367, cacheWrite: 4_032 };

    expect(withoutCachedInput({ ...cached, input: 12_401 }).input).toBe(2);
    expect(withoutCachedInput({ ...cached, input: 12_399 }).input).toBe(0);
    expect(withoutCachedInput({ ...cached, input: 12_398 }).input).toBe(12_398);
  });

  test('of whatever lifetime: input goes down by all of them or by none, and nothing else changes', () => {
    fc.assert(
      fc.property(usage, (before) => {
        const cached = cachedTokens(before);
        const expected = before.input >= cached ? before.input - cached : before.input;
        expect(withoutCachedInput(before)).toEqual({ ...before, input: expected });
        if (cached === 0) expect(withoutCachedInput(before)).toBe(before);
      }),
    );
  });
});

describe('a usage', () => {
  const tokens = { input: { inputTokenCount: 3 }, output: { outputTokenCount: 4 } };

  test('is known with both token counts or, of an embedding, with that of the input', () => {
    const known = (input: object, output: object, modelId = 'amazon.nova-lite-v1:0') =>
      recordUsage({ input: { ...input }, output: { ...output } }, modelId, []) !== undefined;

    expect(known(tokens.input, tokens.output)).toBe(true);
    expect([known(tokens.input, {}), known({}, tokens.output), known({}, {})]).toEqual([false, false, false]);
    expect([known(tokens.input, {}, 'amazon.titan-embed-text-v2:0'), known({}, tokens.output, 'embed')]).toEqual([true, false]);
  });

  test('is known with units alone, but not with units and one token count', () => {
    const of = (input: object, output: object) => recordUsage({ input: { ...input }, output: { ...output } }, 'm', [])?.units;

    expect(of({}, { searchUnits: 2 })).toEqual({ searchUnit: 2 });
    expect([of({}, { searchUnits: 2, outputTokenCount: 4 }), of({ inputTokenCount: 3 }, { searchUnits: 2 })]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['image', 'output', 'outputImagesCount'],
    ['searchUnit', 'output', 'searchUnits'],
    ['second', 'output', 'outputVideoDurationSeconds'],
    ['outputAudioSecond', 'output', 'outputAudioDurationSeconds'],
    ['audioSecond', 'input', 'audioInputDurationSeconds'],
    ['videoSecond', 'input', 'videoInputDurationSeconds'],
  ] as const)('has %ss from the %s counter %s, which may have a fraction', (kind, side, counter) => {
    const record = (value: unknown) => ({ ...tokens, [side]: { ...tokens[side], [counter]: value } });

    expect(recordUsage(record(6.5), 'm', [])?.units).toEqual({ [kind]: 6.5 });
    expect(recordUsage(record(0), 'm', [])?.units).toBeUndefined();
    expect(() => recordUsage(record(-1), 'm', [])).toThrow(`${counter} is not a number from 0 to 1000000000`);
  });

  test('leaves lifetimes that exceed the cache writes open, flagged unless nothing was written', () => {
    const outputBody = { usage: { input_tokens: 1, output_tokens: 1, cache_creation: { ephemeral_1h_input_tokens: 5 } } };
    const flagsOf = (cacheWriteInputTokenCount: number) => {
      const flags: string[] = [];
      const { cacheWrite, cacheWrite1h } = recordUsage({ input: { cacheWriteInputTokenCount }, outputBody }, 'm', flags)!;
      return [cacheWrite, cacheWrite1h, flags];
    };

    expect([flagsOf(5), flagsOf(4), flagsOf(0)]).toEqual([
      [0, 5, []],
      [4, 0, ['cacheSplitMismatch']],
      [0, 0, []],
    ]);
  });

  test('prefers each counter of the envelope to that of the body', () => {
    const outputBody = { usage: { inputTokens: 100, outputTokens: 200, cacheReadInputTokens: 300, cacheWriteInputTokens: 400 } };
    const of = (input: object, output: object) => recordUsage({ input: { ...input }, output: { ...output }, outputBody }, 'm', []);

    expect(of({}, {})).toMatchObject({ input: 100, output: 200, cacheRead: 300, cacheWrite: 400 });
    expect(of(tokens.input, tokens.output)).toMatchObject({ input: 3, output: 4, cacheRead: 300, cacheWrite: 400 });
    expect(of({ cacheReadInputTokenCount: 0, cacheWriteInputTokenCount: 0 }, {})).toMatchObject({ cacheRead: 0, cacheWrite: 0 });
  });
});
