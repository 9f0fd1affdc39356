import type { Status } from '../../engine/rating/rater';
import { formatUsd } from '../../engine/pricing/usd-text';
import type { Scene } from '../traffic/scenes';
import { SHARES } from '../agents/agent-run';
import { rangeText } from '../agents/runtime-use';
import { alarmsDuringOutage, type RunResult, totalCost } from './run-result';

/** The messages of the critical incident in each scene: one at the begin of the outage, one at its end, none during a maintenance. */
const EXPECTED_PAGES = [['ALARM'], ['OK'], []];

/** The metric is a sum of doubles; the ledger is exact. */
const TOLERANCE_USD = 1e-6;

/** What is wrong with a run, one sentence each. Without any, the demo has shown what it is for. */
export function complaintsAbout(result: RunResult): string[] {
  return [...aboutTheMeter(result), ...(result.expected ? aboutExpectations(result, result.expected) : [])];
}

/** What must hold whatever records were sent. */
function aboutTheMeter(result: RunResult): string[] {
  const { sent, byStatus, metricUsd, outsideMetrics } = result;
  const found: string[] = [];
  const metered = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  if (metered !== sent) {
    found.push(`${sent} records were sent, but ${metered} were metered`);
  }
  const cost = formatUsd(totalCost(result));
  if (outsideMetrics === 0 && Math.abs(Number(cost) - metricUsd) > TOLERANCE_USD) {
    found.push(`the ledger has a cost of ${cost} USD, but the cost metric ${metricUsd} USD`);
  }
  return found;
}

/** What must hold for generated records. */
function aboutExpectations(result: RunResult, expected: NonNullable<RunResult['expected']>): string[] {
  const { byStatus, scenes, dashboards } = result;
  const found: string[] = [];
  const cost = totalCost(result);
  if (cost !== expected.cost) {
    found.push(`the cost is ${formatUsd(cost)} USD, expected ${formatUsd(expected.cost)} USD`);
  }
  for (const status of Object.keys(expected.byStatus) as Status[]) {
    if (byStatus[status] !== expected.byStatus[status]) {
      found.push(`${byStatus[status]} records are ${status}, expected ${expected.byStatus[status]}`);
    }
  }
  if (!alarmsDuringOutage(result).some(({ state }) => state === 'ALARM')) {
    found.push('no alarm fired, expected the error rate to');
  }
  found.push(...aboutMembers(result, expected), ...aboutAgent(result.agent));
  found.push(...EXPECTED_PAGES.flatMap((pages, index) => aboutPages(scenes[index], pages)));
  if (dashboards.every(({ withData }) => withData === 0)) {
    found.push('no dashboard shows data');
  }
  return found;
}

/** Each account pays in each Region what its own records cost. */
function aboutMembers({ byMember }: RunResult, expected: NonNullable<RunResult['expected']>): string[] {
  const found = new Map(byMember.map(({ name, cost }) => [name, cost]));
  return [...expected.byMember].flatMap(([name, cost]) =>
    (found.get(name) ?? 0n) === cost
      ? []
      : [`the cost of ${name} is ${formatUsd(found.get(name) ?? 0n)} USD, expected ${formatUsd(cost)} USD`],
  );
}

/** A run of an agent costs what its records cost, whatever its spans add up to. */
function aboutAgent(agent: RunResult['agent']): string[] {
  if (!agent) return ['no run of an agent was followed'];
  const { expected, cost, costBasis, metering } = agent;
  const wrong = (['modelCalls', 'tokens', 'naiveTokens'] as const).filter((name) => agent[name] !== expected[name]);
  return [
    ...wrong.map((name) => `the agent has ${agent[name]} ${name}, expected ${expected[name]}`),
    ...(metering.calls === expected.modelCalls ? [] : [`the agent meter counted ${metering.calls} calls, expected ${expected.modelCalls}`]),
    ...(isNear(metering.estimateUsd, usdOf(expected.cost))
      ? []
      : [`the agent meter estimates ${metering.estimateUsd} USD, expected ${formatUsd(expected.cost)} USD`]),
    ...(isNear(metering.exactUsd, usdOf(expected.cost))
      ? []
      : [`the join with the ledger found ${metering.exactUsd} USD, expected ${formatUsd(expected.cost)} USD`]),
    ...(isNear(metering.runtime.low, expected.runtime.low) && isNear(metering.runtime.high, expected.runtime.high)
      ? []
      : [`the runtime of the agent cost ${rangeText(metering.runtime)}, expected ${rangeText(expected.runtime)}`]),
    ...SHARES.filter((share) => sharesText(metering.shares[share]) !== sharesText(expected.shares[share])).map(
      (share) =>
        `the join with the ledger gives each ${share} ${sharesText(metering.shares[share])}, expected ${sharesText(expected.shares[share])}`,
    ),
    ...(cost === expected.cost && costBasis === 'ledger'
      ? []
      : [`the agent cost ${formatUsd(cost)} USD (${costBasis}), expected ${formatUsd(expected.cost)} USD of the ledger`]),
  ];
}

const usdOf = (cost: bigint): number => Number(formatUsd(cost));
const isNear = (usd: number, expected: number): boolean => Math.abs(usd - expected) < TOLERANCE_USD;

function sharesText(shares: ReadonlyArray<readonly [name: string, cost: bigint]>): string {
  return shares.map(([name, cost]) => `${name} ${formatUsd(cost)} USD`).join(', ') || 'nothing';
}

function aboutPages(scene: Scene | undefined, expected: readonly string[]): string[] {
  const states = (scene?.pages ?? []).filter(({ name }) => name.includes('CriticalIncident')).map(({ state }) => state);
  if (String(states) === String(expected)) {
    return [];
  }
  const messages = (list: readonly string[]) => (list.length > 0 ? list.join(', ') : 'no message');
  return [`the critical incident sent ${messages(states)} in '${scene?.what}', expected ${messages(expected)}`];
}
