import { agentRun, naiveCost, withAgent } from '../../../demo/agents/agent-run';
import { readRuntimeUsage } from '../../../engine/agents/runtime-usage';
import { RuntimeUsageBySession } from '../../../engine/agents/runtime-total';
import { formatUsd } from '../../../engine/pricing/usd-text';
import { REGION } from '../../../demo/emulator/environment';
import { spansIn } from '../../../engine/agents/span-forms';
import { recordedCallOf } from '../../../engine/agents/recorded-call';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater } from '../../../engine/rating/rater';
import { parseRecord } from '../../../engine/records/parse-record';
import { generate } from '../../../demo/traffic/generator';
import { prices, runs } from '../../engine/agents/pricing';

const END = new Date('2026-11-26T12:00:00.500Z');

test('the run of the planner: each call once, with the cost of its record', () => {
  const { spans, records, expected, traceId } = agentRun(END);
  const rater = new Rater(prices, new Duplicates());
  const calls = records.flatMap(({ message }) => {
    const parsed = parseRecord(message);
    return parsed.kind === 'call' ? (recordedCallOf(rater.rate(parsed)) ?? []) : [];
  });
  const {
    runs: [run],
    untraced,
  } = runs(
    spans.flatMap(({ message }) => spansIn(message).spans),
    calls,
  );
  const { input, output, cacheRead, cacheWrite } = run!.tokens;
  expect(untraced).toEqual([]);
  expect(run).toMatchObject({ traceId, modelCalls: expected.modelCalls, costBasis: 'ledger', errors: 0 });
  expect([...run!.agents].sort()).toEqual(['planner', 'researcher']);
  expect(run!.cost.low).toBe(expected.cost);
  expect(input + output + cacheRead + cacheWrite).toBe(expected.tokens);
  expect(run!.naiveTokens.input + run!.naiveTokens.output).toBe(expected.naiveTokens);
  expect(run!.start + run!.durationMs).toBeCloseTo(END.getTime(), 1);
});

test('the calls of the agent are expected with the generated ones', () => {
  const agent = agentRun(END);
  const traffic = generate(END);
  const { records, expected } = withAgent(traffic, agent);
  expect(records).toHaveLength(traffic.records.length + 4);
  expect(expected.cost - traffic.expected.cost).toBe(agent.expected.cost);
  expect(expected.byStatus.priced - traffic.expected.byStatus.priced).toBe(4);
});

test('the runtime of the session costs what the prices of both platform versions say', () => {
  const { usage, expected } = agentRun(END);
  const bySession = new RuntimeUsageBySession(REGION);
  for (const { message } of usage) bySession.add(readRuntimeUsage(JSON.parse(message))!);
  const [[session, total] = []] = [...bySession.sessions];
  expect(session).toBe(expected.shares.session[0]![0]);
  expect(Number(formatUsd(total!.cost!.low))).toBeCloseTo(expected.runtime.low, 12);
  expect(Number(formatUsd(total!.cost!.high))).toBeCloseTo(expected.runtime.high, 12);
});

test('the naive sum is more than twice the cost, and the shares of the agents are all of it', () => {
  const { expected } = agentRun(END);
  const { agent, session, tool } = expected.shares;
  expect(naiveCost()).toBeGreaterThan(2n * expected.cost);
  expect(agent.map(([name]) => name)).toEqual(['planner', 'researcher']);
  expect(agent.reduce((sum, [, cost]) => sum + cost, 0n)).toBe(expected.cost);
  expect(session).toEqual([[expect.any(String), expected.cost]]);
  expect(tool).toEqual([['ask_researcher', agent[1]![1]]]);
});
