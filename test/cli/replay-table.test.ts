import { runInProcess } from './command-line';
import { call, file, lines } from './replaying';

describe('the table', () => {
  const at = (n: number, timestamp: string, modelId: string) => call(n, { timestamp, modelId, input: { inputTokenCount: 1000 * n } });
  const [haiku, nova] = ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-lite-v1:0'];
  const logs = () =>
    file(
      lines(
        at(1, '2026-11-01T23:59:59Z', nova),
        at(2, '2026-11-02T00:00:00Z', nova),
        at(3, '2026-11-08T10:30:00Z', haiku),
        at(4, '2026-12-01T10:00:00Z', haiku),
      ),
    );
  const names = async (...args: string[]) => {
    const { out } = await runInProcess(['replay', logs(), ...args]);
    const rows = out.split('\n\n')[0]!.split('\n').slice(2);
    return rows.map((row) =>
      row
        .trim()
        .split(/\s{2,}/)
        .slice(0, -7)
        .join(' | '),
    );
  };

  test.each([
    ['hour', ['2026-11-01 23:00', '2026-11-02 00:00', '2026-11-08 10:00', '2026-12-01 10:00', 'total']],
    // The first of November 2026 is a Sunday.
    ['week', ['2026-10-26', '2026-11-02', '2026-11-30', 'total']],
    ['month', ['2026-11', '2026-12', 'total']],
  ])('is by %s in the order of time', async (by, expected) => expect(await names('--by', by)).toEqual(expected));

  test('is by two things, the second by cost', async () => {
    expect(await names('--by', 'month,model')).toEqual([
      '2026-11 | Claude Haiku 4.5',
      '2026-11 | Nova Lite',
      '2026-12 | Claude Haiku 4.5',
      'total',
    ]);
  });

  test('has so many rows and one for the rest, which add up', async () => {
    expect(await names('--by', 'hour', '--top', '1')).toEqual(['2026-11-01 23:00', '(3 more)', 'total']);
    const { out } = await runInProcess(['replay', logs(), '--by', 'day', '--top', '2', '--format', 'json']);
    const { lines, more, total } = JSON.parse(out) as Record<string, never> & { lines: Sums[]; more: Sums; total: Sums };
    const sum = [...lines, more].reduce((sum, { costUsd }) => sum + Number(costUsd), 0);
    expect(sum).toBeCloseTo(Number(total.costUsd), 12);
    expect(out).toContain('"lines": 2');
  });

  test('is in the order that is asked for', async () => {
    expect(await names('--by', 'day', '--sort', 'input')).toEqual(['2026-12-01', '2026-11-08', '2026-11-02', '2026-11-01', 'total']);
    expect(await names('--by', 'model', '--sort', 'name')).toEqual(['Nova Lite', 'Claude Haiku 4.5', 'total']);
  });

  test('is by local time, whose days and hours are those of the zone', async () => {
    const clock = ['--time-zone', 'America/St_Johns'];
    expect(await names('--by', 'day', ...clock)).toEqual(['2026-11-01', '2026-11-08', '2026-12-01', 'total']);
    expect(await names('--by', 'hour', ...clock)).toContain('2026-11-01 20:00 -03:30');
    expect(await names('--by', 'month', '--from', '2026-12', '--time-zone', 'Pacific/Kiritimati')).toEqual(['2026-12', 'total']);
    expect(await names('--by', 'day', '--from', '2026-11-02', '--to', '2026-11-02', '--time-zone', 'Europe/Berlin')).toEqual([
      '2026-11-02',
      'total',
    ]);
  });
});

interface Sums {
  readonly calls: number;
  readonly failed: number;
  readonly costUsd?: string;
}

describe('calls', () => {
  const failed = (n: number) => call(n, { errorCode: 'ThrottlingException', input: {}, output: {} });
  const sumsOf = async (...records: Parameters<typeof lines>) => {
    const { out } = await runInProcess(['replay', file(lines(...records)), '--format', 'json']);
    return JSON.parse(out) as { lines: Array<Sums & { model: string }>; total: Sums };
  };

  test('are all calls, of which some failed, as on the dashboards; each belongs to its model', async () => {
    const { lines, total } = await sumsOf(call(1), failed(2), failed(2), call(1));
    expect(lines).toEqual([expect.objectContaining({ model: 'anthropic.claude-haiku-4-5-20251001-v1:0', calls: 2, failed: 1 })]);
    expect(total).toMatchObject({ calls: 2, failed: 1, priced: 1, unpriced: 0 });
  });

  test('with an error and a consumption are one call, in either order', async () => {
    for (const records of [
      [failed(1), call(1)],
      [call(1), failed(1)],
    ]) {
      expect((await sumsOf(...records)).total).toMatchObject({ calls: 1, failed: 1, costUsd: '0.0000011' });
    }
  });

  test('without a price have no cost; those that failed cost nothing', async () => {
    const { total } = await sumsOf(call(1, { modelId: 'acme.model' }));
    expect(total).not.toHaveProperty('costUsd');
    expect((await sumsOf(failed(1))).total).toMatchObject({ costUsd: '0' });
  });
});
