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
    const rows = out.split('\n\n')[0]!.split('\n').slice(1);
    return rows.map((row) =>
      row
        .trim()
        .split(/\s{2,}/)
        .slice(0, -6)
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
      '2026-11 | anthropic.claude-haiku-4-5-20251001-v1:0',
      '2026-11 | amazon.nova-lite-v1:0',
      '2026-12 | anthropic.claude-haiku-4-5-20251001-v1:0',
      'total',
    ]);
  });

  test('has so many rows and one for the rest, which add up', async () => {
    expect(await names('--by', 'hour', '--top', '1')).toEqual(['2026-11-01 23:00', '(3 more)', 'total']);
    const { out } = await runInProcess(['replay', logs(), '--by', 'day', '--top', '2']);
    const amounts = [...out.matchAll(/(\d+\.\d+)$/gm)].map(([, usd]) => Number(usd));
    expect(amounts[0]! + amounts[1]! + amounts[2]!).toBeCloseTo(amounts[3]!, 12);
  });
});
