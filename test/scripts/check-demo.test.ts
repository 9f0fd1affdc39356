import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const counts = { modelCalls: 3, tokens: 9, naiveTokens: 20 };
const good = {
  records: { sent: 4, priced: 1, unpriced: 1, ignored: 1, malformed: 1 },
  costUsd: '0.000123',
  expectedCostUsd: '0.000123',
  byModel: [{ model: 'a' }, { model: 'b' }],
  alarms: [{ name: 'ErrorRate', state: 'ALARM' }],
  dashboards: [{ name: 'Overview' }],
  agent: {
    modelCalls: 3,
    tokens: 9,
    naiveTokens: 20,
    costUsd: '0.01',
    costBasis: 'ledger',
    expected: { ...counts, costUsd: '0.01' },
    metering: { calls: 3, estimateUsd: 0.01 },
  },
};

describe('figures of the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-demo-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function check(figures: object) {
    const file = join(folder, 'figures.json');
    writeFileSync(file, JSON.stringify(figures));
    return spawnSync(process.execPath, [join(__dirname, '..', '..', 'scripts', 'check-demo.mjs'), file], { encoding: 'utf8' });
  }

  test('pass when all of them hold', () => {
    const { status, stdout } = check(good);
    expect(stdout).toContain('demo: 9 passed, 0 failed');
    expect(status).toBe(0);
  });

  test.each([
    ['a record is lost', { records: { ...good.records, sent: 5 } }, 'ended in one state: 4 of 5'],
    ['nothing was unpriced', { records: { ...good.records, unpriced: 0, ignored: 2 } }, '1 priced, 0 unpriced'],
    ['the cost is off in the last digit', { costUsd: '0.000124' }, 'USD 0.000124 of 0.000123'],
    ['nothing cost anything', { costUsd: '0', expectedCostUsd: '0' }, 'USD 0 of 0'],
    ['no alarm fired', { alarms: [{ name: 'ErrorRate', state: 'OK' }] }, 'an alarm fired: none'],
    ['a token counts twice', { agent: { ...good.agent, tokens: 20 } }, '3 calls, 20 tokens instead of 20'],
    ['a cost is an estimate', { agent: { ...good.agent, costBasis: 'estimate' } }, 'USD 0.01 of 0.01 .estimate.'],
    ['the agent meter counts otherwise', { agent: { ...good.agent, metering: { calls: 6, estimateUsd: 0.01 } } }, '6 calls, USD 0.01'],
    ['no dashboard exists', { dashboards: [] }, 'dashboards exist: 0'],
  ])('fails when %s', (_, change, said) => {
    const { status, stdout } = check({ ...good, ...change });
    expect(stdout).toMatch(new RegExp(`FAILED .*${said}`));
    expect(stdout).toContain('demo: 8 passed, 1 failed');
    expect(status).toBe(1);
  });
});
