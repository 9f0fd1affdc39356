import { runInProcess } from '../command-line';
import { call, file, lines } from '../replaying';
import type { Raw } from '../../fixtures/invocation-records';

const NOVA = 'amazon.nova-lite-v1:0';
const at = (n: number, timestamp: string, more: Raw = {}) => call(n, { timestamp, input: { inputTokenCount: 1_000_000 }, ...more });
const OCTOBER = [at(1, '2026-10-05T10:00:00Z'), at(2, '2026-10-06T10:00:00Z', { modelId: NOVA })];
const NOVEMBER = [
  at(3, '2026-11-05T10:00:00Z'),
  at(4, '2026-11-05T10:00:00Z', { errorCode: 'ThrottlingException', input: {}, output: {} }),
  at(5, '2026-11-06T10:00:00Z'),
];
const PERIODS = ['--before', '2026-10', '--after', '2026-11'];

const compare = async (...args: string[]) => runInProcess(['compare', ...args]);

test('two periods of the same logs: the largest change first, with what is new and gone', async () => {
  const { out, code } = await compare(file(lines(...OCTOBER, ...NOVEMBER)), ...PERIODS, '--format', 'csv');
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'model,callsBefore,callsAfter,failedBefore,failedAfter,costUsdBefore,costUsdAfter,changeUsd,changePercent',
    'anthropic.claude-haiku-4-5-20251001-v1:0,1,3,0,1,1.1,2.2,1.1,100',
    `${NOVA},1,0,0,0,0.06,0,-0.06,-100`,
    '',
  ]);
});

test('two sets of logs say the same', async () => {
  const both = await compare(file(lines(...OCTOBER, ...NOVEMBER)), ...PERIODS);
  expect(await compare(file(lines(...OCTOBER)), file(lines(...NOVEMBER)))).toEqual(both);
  expect(both.out).toContain('Claude Haiku 4.5       1      3       0       1    1.10   2.20   +1.10  +100.0');
  expect(both.out).toMatch(/Nova Lite .* gone/);
  expect(both.out).toContain('exactly USD 1.16 before and 2.20 after');
});

test('what --top leaves out is a line of its own', async () => {
  const { out } = await compare(file(lines(...OCTOBER, ...NOVEMBER)), ...PERIODS, '--format', 'csv', '--top', '1', '--by', 'model,day');
  expect(out.split('\n').slice(1)).toEqual([
    'anthropic.claude-haiku-4-5-20251001-v1:0,2026-11-05,0,2,0,1,0,1.1,1.1,',
    '(3 more),,2,1,0,0,1.16,1.1,-0.06,-5.1',
    '',
  ]);
});

test('an unknown cost makes no change', async () => {
  const unknown = at(9, '2026-11-05T10:00:00Z', { modelId: 'acme.model' });
  const { out } = await compare(
    file(lines(at(1, '2026-10-05T10:00:00Z', { modelId: 'acme.model' }), unknown)),
    ...PERIODS,
    '--format',
    'json',
  );
  const { total } = JSON.parse(out) as { total: object };
  expect(total).not.toHaveProperty('changeUsd');
  const table = await compare(file(lines(...OCTOBER, unknown)), ...PERIODS);
  expect(table.out).toMatch(/acme\.model .* unknown +new/);
  expect(table.out).toContain('1 call without a price: in no amount');
});

test('a period of days is in the time zone, and is left out where it is in neither', async () => {
  const args = ['--before', '2026-10-05..2026-10-05', '--after', '2026-11-06', '--time-zone', 'Asia/Tokyo', '--format', 'json'];
  const { out } = await compare(file(lines(...OCTOBER, ...NOVEMBER)), ...args);
  expect(JSON.parse(out)).toMatchObject({ total: { before: { calls: 1 }, after: { calls: 1 }, changeUsd: '0' } });
});

test.each([
  [[], "name two paths, or two periods with '--before' and '--after'"],
  [['--before', '2026-10'], "name two paths, or two periods with '--before' and '--after'"],
  [['--before', '2026-10', '--after', '2026-10-31..2026-11'], "'--before' and '--after' must have no time in common"],
  [['--before', '2026-11..2026-10', '--after', '2026-12'], "'--before' must be a period like 2026-09"],
  [['--before', 'May', '--after', '2026-12'], "'--before' must be a day like"],
])('fails for %j', async (args, message) => {
  expect(await compare(file(lines(...OCTOBER)), ...args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(message) });
});
