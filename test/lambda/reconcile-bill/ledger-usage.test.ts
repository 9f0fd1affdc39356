import { PriceEngine } from '../../../engine/pricing/price-engine';
import type { BillConfig } from '../../../lambda/reconcile-bill/config';
import { ledgerUsage } from '../../../lambda/reconcile-bill/ledger-usage';
import type { QueryRow, Sources } from '../../../lambda/shared/sources';

const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const CONFIG: BillConfig = {
  ...{ namespace: 'N', ledgers: ['ledger', 'unrecorded'], accounts: [], regions: ['us-east-1'], costExplorerRegion: 'us-east-1' },
  dataExport: { workGroup: 'w', database: 'd', table: 't', bucket: 'b', folder: 'f' },
};
const row = (more: Readonly<Record<string, string>> = {}): QueryRow => ({
  ...{ modelId: HAIKU, pricedModel: HAIKU, route: 'regional', tier: 'standard', accountId: '111122223333', region: 'us-east-1' },
  ...{ state: 'priced', lines: '1', usd: '1.1', highUsd: '1.1', inputSum: '1000000', unrecorded: '' },
  ...more,
});

/** A ledger with two lines a day, of which a query by principal finds some. */
function asked(byPrincipal: readonly QueryRow[], others: readonly QueryRow[] = [row({ lines: '2' })]) {
  const queries: string[] = [];
  const rows: Sources['rows'] = (logGroups, query) => {
    queries.push(query);
    expect(logGroups).toEqual(['ledger', 'unrecorded']);
    if (query.endsWith('stats count(*) as lines')) return Promise.resolve([{ lines: '2' }]);
    return Promise.resolve(/state, principal \|/.test(query) ? byPrincipal : others);
  };
  return { queries, run: () => ledgerUsage({ sources: { rows } as Sources, config: CONFIG, prices: new PriceEngine() }, ['2026-11-20']) };
}

test('with an export our figures are by principal, in the form of the bill', async () => {
  const role = 'arn:aws:sts::111122223333:assumed-role/app';
  const lines = await asked([row({ principal: role }), row({ principal: 'arn:aws:iam::111122223333:user/ci' })]).run();
  expect(lines.map(({ principal }) => principal)).toEqual(['arn:aws:iam::111122223333:role/app', 'arn:aws:iam::111122223333:user/ci']);
});

test('more principals than a query returns: they are left out, and nothing else is', async () => {
  const { run, queries } = asked([row({ principal: 'a' })]);
  const lines = await run();
  expect(lines).toMatchObject([{ model: HAIKU, tokens: 1_000_000, low: 1_100_000_000_000n }]);
  expect(lines[0]).not.toHaveProperty('principal');
  expect(queries).toHaveLength(4);
});

test('what writes no record keeps its source, units are counted, and other Regions are left out', async () => {
  const lines = await asked([
    row({
      unrecorded: 'guardrail',
      modelId: 'bedrock:guardrails',
      pricedModel: '',
      inputSum: '',
      contentPolicyUnitSum: '400',
      usd: '0.06',
    }),
    row({ region: 'eu-west-1' }),
  ]).run();
  expect(lines).toMatchObject([{ source: 'guardrail', kind: 'contentPolicyUnit', tokens: 400, low: 60_000_000_000n }]);
});

test('a ledger that cannot be read whole either way: nothing is known', async () => {
  await expect(asked([], [row()]).run()).rejects.toThrow('grouped 1 of the 2 ledger lines of 2026-11-20');
});
