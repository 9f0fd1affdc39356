import { callerOf, groupBy, type LedgerLine, memberNameOf, modelOf } from '../../../demo/report/ledger';
import { HOSTILE, unfitIn } from '../../hostile-text';

const PROFILE = 'us.anthropic.claude-sonnet-4-6';
const lines: LedgerLine[] = [
  { ledger: 1, status: 'priced', modelId: PROFILE, costUsd: 0.1, tokens: { input: 3, cacheRead: 7 } },
  {
    ledger: 1,
    status: 'priced',
    modelId: `arn:aws:bedrock:us-east-1:1:inference-profile/${PROFILE}`,
    costUsd: 0.2,
    costHighUsd: 0.25,
    tokens: { input: 4 },
  },
  { ledger: 1, status: 'priced', modelId: 'cheap', costUsd: 1e-10 },
  { ledger: 1, status: 'unpriced', modelId: 'new', tokens: { input: 1 } },
  { ledger: 1, status: 'ignored', modelId: 'cheap', errorCode: 'ThrottlingException' },
  { ledger: 1, status: 'ignored', modelId: 'cheap', reason: 'guardrail' },
  { ledger: 1, status: 'malformed' },
];

test('sums exactly, the dearest first', () => {
  expect(groupBy(lines, modelOf)).toEqual([
    {
      name: PROFILE,
      calls: 2,
      failed: 0,
      unpriced: 0,
      cost: 300_000_000_000n,
      uncertain: 50_000_000_000n,
      tokens: { input: 7, cacheRead: 7 },
    },
    { name: 'cheap', calls: 2, failed: 1, unpriced: 0, cost: 100n, uncertain: 0n, tokens: {} },
    { name: 'new', calls: 1, failed: 0, unpriced: 1, cost: 0n, uncertain: 0n, tokens: { input: 1 } },
  ]);
});

test('names of records hold nothing that a terminal obeys', () => {
  const line: LedgerLine = { ledger: 1, status: 'unpriced', modelId: HOSTILE, caller: HOSTILE, accountId: HOSTILE, region: HOSTILE };
  for (const nameOf of [modelOf, callerOf, memberNameOf]) {
    const [group] = groupBy([line], nameOf);
    expect(unfitIn(group!.name)).toEqual([]);
    expect(group!.name).not.toContain('\n');
  }
});

test('a call counts once, however many lines it has', () => {
  const [priced, failed] = [
    { ledger: 1, status: 'priced', requestId: 'a', modelId: 'm', costUsd: 0.1 },
    { ledger: 1, status: 'ignored', requestId: 'a', modelId: 'm', errorCode: 'ThrottlingException' },
  ];
  expect(groupBy([priced!, failed!, priced!, failed!, { ...priced!, requestId: 'b' }], modelOf)).toMatchObject([
    { calls: 2, failed: 1, cost: 200_000_000_000n },
  ]);
});

test.each([
  ['arn:aws:sts::000000000000:assumed-role/Chat/web', 'Chat/web'],
  ['arn:aws:iam::000000000000:user/bob', 'arn:aws:iam::000000000000:user/bob'],
  [undefined, 'unknown'],
])('names the caller of %s', (caller, name) => {
  expect(callerOf({ ledger: 1, status: 'priced', caller })).toBe(name);
});
