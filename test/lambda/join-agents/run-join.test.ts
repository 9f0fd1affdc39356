import type { WrittenLine } from '../../../engine/agents/metering/agent-lines';
import { AgentDimensions } from '../../../engine/agents/metering/agent-totals';
import { readJoinConfig } from '../../../lambda/join-agents/config';
import type { LogLines } from '../../../lambda/join-agents/log-lines';
import { runJoin } from '../../../lambda/join-agents/run-join';
import { newSpanPricing } from '../../../lambda/shared/span-pricing';
import { World } from '../../engine/agents/metering/world';
import { BEGIN, botocore, BOTOCORE, cloudWatchEvent, requestId, SONNET } from '../../engine/agents/spans';

const MINUTE = 60_000;
const ENV = { AGENT_LOG_GROUP: 'agents', LEDGER_LOG_GROUP: 'ledger', DIMENSIONS: 'agent,model' };

async function agentLines(): Promise<readonly WrittenLine[]> {
  const world = new World();
  await world.meter([cloudWatchEvent({ id: 'a', scope: BOTOCORE, attributes: botocore(requestId(1), 14, 60) })]);
  return world.written;
}

const LEDGER = `{"ledger":1,"time":"2026-11-20T10:00:00.000Z","modelId":"${SONNET}","status":"priced","requestId":"${requestId(1)}","tokens":{"input":14,"output":60},"costUsd":0.000942}`;

interface Asked {
  readonly logGroup: string;
  readonly pattern: string;
  readonly minutes: number;
}

/** Log groups that have more lines than a run may read, if it asks for more than so many minutes. */
function sources(lines: readonly WrittenLine[], mostMinutes = Infinity): LogLines & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    read: (logGroup, pattern, from, to) => {
      const minutes = (to - from) / MINUTE;
      asked.push({ logGroup, pattern, minutes });
      const found = logGroup === 'agents' ? lines : [{ arrival: BEGIN, text: `${LEDGER}\n` }];
      return Promise.resolve(minutes > mostMinutes ? undefined : found);
    },
  };
}

async function run(logLines: LogLines, env: Record<string, string> = ENV): Promise<string> {
  const config = readJoinConfig(env);
  return runJoin({
    ...{ config, logLines, dimensions: new AgentDimensions(config.dimensions, config.dimensionCap), now: BEGIN + 5 * MINUTE },
    pricing: newSpanPricing(config, () => Promise.reject(new Error('no prices are refreshed'))),
  });
}

test('lines of agents and of the ledger are read by their patterns, and joined', async () => {
  const logLines = sources(await agentLines());
  const text = await run(logLines);
  expect(logLines.asked).toEqual([
    { logGroup: 'agents', pattern: '{ $.agents = 1 }', minutes: 180 },
    { logGroup: 'ledger', pattern: '{ $.ledger = 1 }', minutes: 180 },
  ]);
  expect(text).toContain('"basis":"ledger"');
  expect(text).toContain('"costUsd":0.000942');
  expect(text).toContain('"agents.join.runs":1');
});

test('without a ledger nothing is called unlogged or untraced', async () => {
  const logLines = sources(await agentLines());
  const text = await run(logLines, { AGENT_LOG_GROUP: 'agents' });
  expect(logLines.asked.map(({ logGroup }) => logGroup)).toEqual(['agents']);
  expect(text).not.toContain('"kind":"join"');
});

test('too many lines shorten the window, with a warning, and at last the run fails', async () => {
  const logLines = sources(await agentLines(), 100);
  expect(await run(logLines)).toContain('only those of the last 90 minutes were joined');
  expect(logLines.asked.map(({ minutes }) => minutes)).toEqual([180, 180, 135, 135, 90, 90]);
  await expect(run(sources([], 10))).rejects.toThrow('more than 200000 lines of agents or of the ledger in 90 minutes');
});

test.each([
  [{}, "'AGENT_LOG_GROUP' must be set"],
  [{ ...ENV, DIMENSIONS: 'session' }, "'DIMENSIONS' must hold agent, operation, tool, model, got 'session'"],
])('an environment that is not right is refused', (env, message) => {
  expect(() => readJoinConfig(env)).toThrow(message);
});
