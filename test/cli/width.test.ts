import fc from 'fast-check';
import { messageFor } from '../../cli/notices';
import { partsOf, textWidth } from '../../cli/tables/text-width';
import { cases } from '../cases';
import type { Raw } from '../fixtures/invocation-records';
import { runInProcess } from './command-line';
import { call, file, lines } from './replaying';

const wide = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab-:/. \n\u001b', '模', 'é', '🙂'), minLength: 1, maxLength: 80 }),
  fc.constantFrom('x'.repeat(150), '模型'.repeat(40), 'arn:aws:sts::111122223333:assumed-role/App/jane'),
);
const MODELS = ['us.anthropic.claude-sonnet-4-6', 'amazon.nova-pro-v1:0', 'amazon.nova-canvas-v1:0', `acme.${'model-'.repeat(20)}v1:0`];

const record = fc
  .record({
    modelId: fc.constantFrom(...MODELS),
    timestamp: fc.constantFrom('2026-10-20T10:00:00Z', '2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z'),
    identity: fc.record({ arn: wide }),
    operation: wide,
    requestMetadata: fc.record({ team: wide }),
    input: fc.record({
      inputTokenCount: fc.nat(9_000_000),
      cacheWriteInputTokenCount: fc.nat(9_000_000),
      cacheReadInputTokenCount: fc.nat(9_000_000),
    }),
    output: fc.record({ outputTokenCount: fc.nat(900_000) }),
    errorCode: fc.option(fc.constantFrom('ThrottlingException'), { nil: undefined, freq: 5 }),
  })
  .map((each): Raw => each);

const PERIODS = ['--before', '2026-10', '--after', '2026-11'];
const COMMANDS: ReadonlyArray<readonly string[]> = [
  ['replay'],
  ['replay', '--by', 'caller,meta:team', '--time-zone', 'Asia/Kathmandu'],
  ['replay', '--by', 'hour,operation', '--top', '2', '--time-zone', 'Asia/Kathmandu'],
  ['compare', ...PERIODS, '--by', 'model,caller'],
  ['compare', ...PERIODS, '--by', 'week', '--top', '1'],
  ['whatif', '--model', 'global.anthropic.claude-haiku-4-5-20251001-v1:0'],
  ['digest', '--from', '2026-11'],
];

test.each(COMMANDS.map((args) => [args.join(' '), args] as const))(
  'no line of %s is wider than the terminal',
  async (_, [command, ...args]) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 8 }), fc.constantFrom(80, 81, 120), async (records, columns) => {
        const path = file(lines(...records.map((each, n) => call(n, each))), 'wide.ndjson');
        const { out } = await runInProcess([command!, path, ...args], { COLUMNS: String(columns) });
        expect(out).not.toBe('');
        expect(out.split('\n').filter((line) => textWidth(line) > columns)).toEqual([]);
      }),
      { numRuns: cases(8, 60) },
    );
  },
);

test.each([
  ['price', 'us.anthropic.claude-sonnet-4-6', '--usage', 'input=123456789012,cacheRead=1e12,output=1e12'],
  ['price', 'amazon.nova-canvas-v1:0', '--usage', 'image=1e9'],
  ['price', 'bedrock:guardrails'],
  ['--help'],
  ...['price', 'replay', 'compare', 'whatif', 'reconcile', 'preview', 'digest', 'completion'].map((command) => [command, '--help']),
])('no line of %s %s is wider than the terminal', async (...args) => {
  for (const columns of [80, 120]) {
    const { out } = await runInProcess(args, { COLUMNS: String(columns) });
    expect(out.split('\n').filter((line) => textWidth(line) > columns)).toEqual([]);
  }
});

test('messages fit a terminal, and are on one line for programs', () => {
  const text = `'${'long name '.repeat(20)}' cannot be read`;
  expect(messageFor({ write: () => undefined }, text)).toBe(`${text}\n`);
  const fitted = messageFor({ write: () => undefined, isTTY: true, columns: 60 }, text);
  expect(fitted.split('\n').filter((line) => line.length > 60)).toEqual([]);
  expect(fitted.replaceAll('\n  ', ' ').trimEnd()).toBe(text);
});

test('a word without blanks is broken by its width, and no character in two', () => {
  expect(partsOf('模型模型a🙂', 5)).toEqual(['模型', '模型a', '🙂']);
  expect(partsOf('abc', 3)).toEqual(['abc']);
});
