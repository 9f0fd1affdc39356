// Checks the figures that `npm run demo -- --json FILE` wrote: node scripts/check-demo.mjs FILE
import { readFileSync } from 'node:fs';

const { records, costUsd, expectedCostUsd, byModel, alarms, dashboards, agent } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { sent, priced, unpriced, ignored, malformed } = records;
const ended = priced + unpriced + ignored + malformed;
const fired = alarms.filter(({ state }) => state === 'ALARM').map(({ name }) => name);

const CHECKS = [
  { claim: `every record sent ended in one state: ${ended} of ${sent}`, holds: sent > 0 && ended === sent },
  { claim: `records were priced and one model had no price: ${priced} priced, ${unpriced} unpriced`, holds: priced > 0 && unpriced > 0 },
  {
    claim: `the cost is the expected one: USD ${costUsd} of ${expectedCostUsd}`,
    holds: Number(costUsd) > 0 && costUsd === expectedCostUsd,
  },
  { claim: `the cost is split by model: ${byModel.length} models`, holds: byModel.length > 1 },
  {
    claim: `the agent's run is counted once: ${agent?.modelCalls} calls, ${agent?.tokens} tokens instead of ${agent?.naiveTokens}`,
    holds: agent?.modelCalls > 0 && ['modelCalls', 'tokens', 'naiveTokens'].every((name) => agent[name] === agent.expected[name]),
  },
  {
    claim: `the agent's cost is that of the ledger: USD ${agent?.costUsd} of ${agent?.expected.costUsd} (${agent?.costBasis})`,
    holds: agent?.costBasis === 'ledger' && agent.costUsd === agent.expected.costUsd,
  },
  {
    claim: `the agent meter counted the same: ${agent?.metering.calls} calls, USD ${agent?.metering.estimateUsd} by the spans`,
    holds: agent?.metering.calls === agent?.expected.modelCalls && Math.abs(agent.metering.estimateUsd - agent.expected.costUsd) < 1e-6,
  },
  { claim: `an alarm fired: ${fired.join(', ') || 'none'}`, holds: fired.length > 0 },
  { claim: `dashboards exist: ${dashboards.length}`, holds: dashboards.length > 0 },
];

for (const { claim, holds } of CHECKS) {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${claim}`);
}
const failed = CHECKS.filter(({ holds }) => !holds).length;
console.log(`demo: ${CHECKS.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
