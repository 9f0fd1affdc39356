import { formatUsd } from '../../engine/pricing/usd-text';
import { type AgentFigures, SHARES, type Shares } from '../agents/agent-run';
import type { Group } from './ledger';
import { alarmsDuringOutage, type RunResult, totalCost } from './run-result';
import type { Step } from './steps';

/** The figures that `--json` writes. Amounts in USD are decimal strings with every digit. */
export function figuresOf(result: RunResult, steps: readonly Step[]) {
  return {
    records: { sent: result.sent, ...result.byStatus },
    costUsd: formatUsd(totalCost(result)),
    expectedCostUsd: result.expected ? formatUsd(result.expected.cost) : null,
    byModel: groups(result.byModel, 'model'),
    byCaller: groups(result.byCaller, 'caller'),
    byMember: groups(result.byMember, 'member'),
    agent: result.agent ? agentFigures(result.agent) : null,
    alarms: alarmsDuringOutage(result).map(({ name, state }) => ({ name, state })),
    messages: result.scenes.flatMap(({ what, pages }) => pages.map((page) => ({ scene: what, ...page }))),
    dashboards: result.dashboards,
    loggingConfiguration: result.loggingConfiguration,
    notEmulated: result.notEmulated,
    steps,
  };
}

const agentFigures = ({ expected, costBasis, callers, metering, naiveCost, ...found }: NonNullable<RunResult['agent']>) => ({
  ...figures(found),
  naiveCostUsd: formatUsd(naiveCost),
  costBasis,
  callers,
  metering: { ...metering, shares: sharesOf(metering.shares) },
  expected: { ...figures(expected), runtime: expected.runtime, shares: sharesOf(expected.shares) },
});

const sharesOf = (shares: Shares) =>
  Object.fromEntries(SHARES.map((each) => [each, shares[each].map(([name, cost]) => ({ name, costUsd: formatUsd(cost) }))]));

const figures = ({ modelCalls, tokens, naiveTokens, cost }: AgentFigures) => ({
  modelCalls,
  tokens,
  naiveTokens,
  costUsd: formatUsd(cost),
});

function groups(list: readonly Group[], label: 'model' | 'caller' | 'member') {
  return list.map(({ name, calls, failed, unpriced, cost, tokens }) => ({
    [label]: name,
    calls,
    failed,
    unpriced,
    costUsd: formatUsd(cost),
    tokens,
  }));
}
