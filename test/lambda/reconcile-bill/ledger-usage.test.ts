import type { LedgerQuestion } from '../../../engine/ledger/questions/question';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { ledgerUsage } from '../../../lambda/reconcile-bill/ledger-usage';
import type { LedgerReader } from '../../../lambda/shared/ledger-reader';
import type { QueryRow } from '../../../lambda/shared/sources';

const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const CONFIG = {
  ...{ accounts: [], regions: ['us-east-1'] },
  dataExport: { workGroup: 'w', database: 'd', table: 't', bucket: 'b', folder: 'f' },
};
const row = (more: Readonly<Record<string, string>> = {}): QueryRow => ({
  ...{ modelId: HAIKU, pricedModel: HAIKU, routing: 'regional', tier: 'standard', account: '111122223333', region: 'us-east-1' },
  ...{ status: 'priced', lines: '1', usd: '1.1', highUsd: '1.1', uncached: '1000000' },
  ...more,
});

/** A ledger with two lines a day, of which a question by principal finds some. */
function asked(byPrincipal: readonly QueryRow[], others: readonly QueryRow[] = [row({ lines: '2' })]) {
  const questions: LedgerQuestion[] = [];
  const askCalled: LedgerReader['askCalled'] = (question) => {
    questions.push(question);
    expect(question.withUnrecorded).toBe(true);
    if (question.each === 'line') return Promise.resolve([{ lines: '2' }]);
    return Promise.resolve(question.by.includes('principal') ? byPrincipal : others);
  };
  const ledger: LedgerReader = { name: 'Logs Insights', askCalled, askWritten: () => Promise.reject(new Error('not by writing')) };
  return { questions, run: () => ledgerUsage({ ledger, config: CONFIG, prices: new PriceEngine() }, ['2026-11-20']) };
}

test('with an export our figures are by principal, in the form of the bill', async () => {
  const role = 'arn:aws:sts::111122223333:assumed-role/app';
  const lines = await asked([row({ principal: role }), row({ principal: 'arn:aws:iam::111122223333:user/ci' })]).run();
  expect(lines.map(({ principal }) => principal)).toEqual(['arn:aws:iam::111122223333:role/app', 'arn:aws:iam::111122223333:user/ci']);
});

test('more principals than a query returns: they are left out, and nothing else is', async () => {
  const { run, questions } = asked([row({ principal: 'a' })]);
  const lines = await run();
  expect(lines).toMatchObject([{ model: HAIKU, tokens: 1_000_000, low: 1_100_000_000_000n }]);
  expect(lines[0]).not.toHaveProperty('principal');
  expect(questions).toHaveLength(4);
});

test('what writes no record keeps its source, units are counted, and other Regions are left out', async () => {
  const guardrail = { source: 'guardrail', modelId: 'bedrock:guardrails', pricedModel: '', uncached: '', contentPolicyUnitCount: '400' };
  const lines = await asked([row({ ...guardrail, usd: '0.06' }), row({ region: 'eu-west-1' })]).run();
  expect(lines).toMatchObject([{ source: 'guardrail', kind: 'contentPolicyUnit', tokens: 400, low: 60_000_000_000n }]);
});

test('a ledger that cannot be read whole either way: nothing is known', async () => {
  await expect(asked([], [row()]).run()).rejects.toThrow('Logs Insights grouped 1 of the 2 ledger lines of 2026-11-20');
});
