import { converse, failed, metadataOnly, CALLER } from '../fixtures/invocation-records';
import { call, COST, file, lines, replay } from './replaying';

test('writes what each record costs, and why', async () => {
  const { lines: found, code } = await replay([file(lines(metadataOnly))]);
  expect(code).toBe(0);
  expect(found).toEqual([
    {
      requestId: metadataOnly.requestId,
      timestamp: '2026-11-20T10:15:42.000Z',
      status: 'priced',
      modelId: metadataOnly.modelId,
      model: 'anthropic.claude-sonnet-4-6',
      caller: CALLER,
      role: 'arn:aws:sts::111122223333:assumed-role/Assistant',
      account: '111122223333',
      region: 'us-east-1',
      metadata: metadataOnly.requestMetadata,
      tokens: { input: 1200, cacheRead: 30_000, cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 500, output: 350 },
      // 1200 × 3.3 + 30000 × 0.33 + 350 × 16.5 a million, and 500 at 4.125 or at 6.6.
      costUsd: '0.0216975',
      costLowUsd: '0.0216975',
      costHighUsd: '0.022935',
      price: {
        row: 'anthropic.claude-sonnet-4-6/regional/standard/us-east-1',
        source: expect.stringContaining('pl-fm-20260501'),
        grade: 'A',
        asOf: expect.stringMatching(/^\d{4}/),
        flags: ['cacheLifetimeUnknown'],
      },
    },
  ]);
});

test('a body with the lifetime of cache writes makes the cost exact', async () => {
  const [found] = (await replay([file(lines(converse))])).lines;
  expect(found?.tokens).toEqual({ input: 1200, cacheRead: 0, cacheWrite5m: 1000, cacheWrite1h: 8000, output: 512 });
  expect(found?.costUsd).toBe('0.069333');
  expect(found?.costHighUsd).toBe('0.069333');
});

describe('behaviour vectors', () => {
  const tokens = { input: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 };

  test('N1: an unknown model is unpriced, its tokens are kept and its cost is absent', async () => {
    const { lines: found, out, code } = await replay([file(lines(call(1, { modelId: 'acme.model-1' })))]);
    expect(found).toMatchObject([{ status: 'unpriced', reason: 'the model is not in the price catalogue', tokens }]);
    expect(found[0]).not.toHaveProperty('costUsd');
    expect(out).toMatch(/Without a price: 1 call,[\s\S]*acme\.model-1/);
    expect(out).toMatch(/total +1 +0 +1 +0 +0 +0 +no price/);
    expect(out).toContain('no call has a price');
    expect(code).toBe(0);
  });

  test('N2: without counters, the cost of a success is absent', async () => {
    const [found] = (await replay([file(lines(call(1, { input: {}, output: {} })))])).lines;
    expect(found).toMatchObject({ status: 'unpriced', reason: 'noCounters' });
    expect(found).not.toHaveProperty('costUsd');
  });

  test('N3: a published price of 0.00 is a price', async () => {
    const nova = { modelId: 'amazon.nova-micro-v1:0', input: { inputTokenCount: 0, cacheWriteInputTokenCount: 40 } };
    expect((await replay([file(lines(call(1, nova)))])).lines).toMatchObject([{ status: 'priced', costUsd: '0', costHighUsd: '0' }]);
  });

  test('N4: a record that is delivered twice counts once, also from another file', async () => {
    const { lines: found } = await replay([file(lines(call(1), call(1))), file(lines(call(1)))]);
    expect(found.map(({ status, reason }) => [status, reason])).toEqual([
      ['priced', undefined],
      ['ignored', 'duplicate'],
      ['ignored', 'duplicate'],
    ]);
  });

  test('N5: a record of zeros does not hide the real one', async () => {
    const zero = call(1, { input: { inputTokenCount: 0 }, output: { outputTokenCount: 0 } });
    expect((await replay([file(lines(zero, call(1)))])).lines).toMatchObject([
      { status: 'ignored', reason: 'zeroRecord' },
      { status: 'priced', costUsd: COST },
    ]);
  });

  test('N7 and N8: a similar id is no match, and one routing prefix is peeled at most', async () => {
    const ids = ['anthropic.claude-opus-4', 'us.eu.anthropic.claude-sonnet-4-6', 'xx.anthropic.claude-sonnet-4-6'];
    const { lines: found } = await replay([file(lines(...ids.map((modelId, n) => call(n, { modelId }))))]);
    expect(found.map(({ status }) => status)).toEqual(['unpriced', 'unpriced', 'unpriced']);
    expect(found[2]?.price?.flags).toEqual(['unknownGeography']);
  });

  test('N9: a context suffix keeps the price', async () => {
    const { lines: found } = await replay([file(lines(call(1, { modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0[1m]' })))]);
    expect(found).toMatchObject([{ status: 'priced', costUsd: COST }]);
  });

  test('N10: each call has the price of its time', async () => {
    const sol = { modelId: 'us.openai.gpt-5.6-sol', input: { inputTokenCount: 10 } };
    const { lines: found } = await replay([
      file(lines(call(1, { ...sol, timestamp: '2026-08-20T23:59:59Z' }), call(2, { ...sol, timestamp: '2026-08-21T00:00:00Z' }))),
    ]);
    expect(found.map(({ costUsd }) => costUsd)).toEqual(['0.000055', '0.000044']);
    expect(found[0]?.price?.row).not.toBe(found[1]?.price?.row);
  });

  test('N11: an override beats the published price and is named, and without it the published price is back', async () => {
    const records = file(lines(call(1)));
    const overrides = file(
      '{"overrides":[{"name":"contract","model":"anthropic.claude-haiku-4-5-20251001-v1:0","rates":{"input":"0.5"}}]}',
    );
    const [overridden] = (await replay([records, '--overrides', overrides])).lines;
    expect([overridden?.costUsd, overridden?.price?.row, overridden?.price?.grade]).toEqual([
      '0.0000005',
      expect.stringContaining('contract'),
      'override',
    ]);
    expect((await replay([records])).lines[0]?.costUsd).toBe(COST);
  });

  test('N12: a cost that the caller claims is ignored', async () => {
    const forged = call(1, { costUsd: -5, requestMetadata: { costUsd: '-5', team: 'x' } });
    expect((await replay([file(lines(forged))])).lines[0]?.costUsd).toBe(COST);
  });

  test('N13: what is billed in another currency has no price in USD', async () => {
    const { lines: found } = await replay([file(lines(call(1, { region: 'cn-north-1' })))]);
    expect(found).toMatchObject([{ status: 'unpriced', reason: expect.stringContaining('CNY') }]);
  });

  test('N14: a blocked call costs nothing unless it has counters', async () => {
    const body = { outputBodyJson: { 'amazon-bedrock-guardrailAction': 'INTERVENED' } };
    const { lines: found } = await replay([
      file(lines(call(1, { input: {}, output: body }), call(2, { output: { ...body, outputTokenCount: 2 } }))),
    ]);
    expect(found.map(({ status, reason, costUsd }) => [status, reason, costUsd])).toEqual([
      ['ignored', 'guardrail', undefined],
      ['priced', undefined, '0.0000121'],
    ]);
  });

  test('a failed call is ignored, with its error', async () => {
    expect((await replay([file(lines(failed))])).lines).toMatchObject([{ status: 'ignored', reason: 'error:ResourceNotFoundException' }]);
  });
});
