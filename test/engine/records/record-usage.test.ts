import { recordUsage } from '../../../engine/records/record-usage';

describe('a usage', () => {
  const tokens = { input: { inputTokenCount: 3 }, output: { outputTokenCount: 4 } };

  const of = (input: object, output: object) => recordUsage({ input: { ...input }, output: { ...output } }, []);

  test('has a count of input or units, and says where it has none of output', () => {
    expect([of(tokens.input, tokens.output)?.lacksOutput, of(tokens.input, {})?.lacksOutput]).toEqual([false, true]);
    expect([of({}, tokens.output), of({}, {}), of({}, { searchUnits: 2, outputTokenCount: 4 })]).toEqual([undefined, undefined, undefined]);
    expect(of({}, { searchUnits: 2 })).toMatchObject({ usage: { input: 0, units: { searchUnit: 2 } }, lacksOutput: true });
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

    expect(recordUsage(record(6.5), [])?.usage.units).toEqual({ [kind]: 6.5 });
    expect(recordUsage(record(0), [])?.usage.units).toBeUndefined();
    expect(() => recordUsage(record(-1), [])).toThrow(`${counter} is not a number from 0 to 1000000000`);
  });

  test('leaves lifetimes that exceed the cache writes open, flagged unless nothing was written', () => {
    const outputBody = { usage: { input_tokens: 1, output_tokens: 1, cache_creation: { ephemeral_1h_input_tokens: 5 } } };
    const flagsOf = (cacheWriteInputTokenCount: number) => {
      const flags: string[] = [];
      const { cacheWrite, cacheWrite1h } = recordUsage({ input: { cacheWriteInputTokenCount }, outputBody }, flags)!.usage;
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
    const of = (input: object, output: object) => recordUsage({ input: { ...input }, output: { ...output }, outputBody }, [])?.usage;

    expect(of({}, {})).toMatchObject({ input: 100, output: 200, cacheRead: 300, cacheWrite: 400 });
    expect(of(tokens.input, tokens.output)).toMatchObject({ input: 3, output: 4, cacheRead: 300, cacheWrite: 400 });
    expect(of({ cacheReadInputTokenCount: 0, cacheWriteInputTokenCount: 0 }, {})).toMatchObject({ cacheRead: 0, cacheWrite: 0 });
  });
});
