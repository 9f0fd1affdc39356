import { formatUsd } from '../../engine/pricing/usd-text';
import type { AlarmReport } from './alarms';
import type { DashboardReport } from './dashboards';
import type { State } from '../traffic/generator';
import type { Group } from './ledger';
import type { NotEmulated } from '../emulator/rewrite';
import type { Scene } from '../traffic/scenes';
import type { Step } from './steps';

/** Everything that was read back from the deployed stack. */
export interface Outcome {
  /** The page with the dashboards as CloudWatch would draw them; absent without calls. */
  readonly preview?: string;
  readonly sent: number;
  readonly states: Readonly<Record<State, number>>;
  /** What the generator expects; absent for records of the user's own. */
  readonly expected?: { readonly cost: bigint; readonly states: Readonly<Record<State, number>> };
  /** The cost metric, a double, as CloudWatch holds it. */
  readonly metricUsd: number;
  /** Calls whose cost reached no metric: too old for CloudWatch. */
  readonly outsideMetrics: number;
  readonly byModel: readonly Group[];
  readonly byCaller: readonly Group[];
  /** The alarms at several moments, the first while calls fail. */
  readonly scenes: readonly Scene[];
  readonly dashboards: readonly DashboardReport[];
  readonly loggingConfiguration: unknown;
  readonly notEmulated: readonly NotEmulated[];
}

/** The critical incident pages when the outage begins and when it is over, and not at all during a maintenance. */
const EXPECTED_PAGES = [['ALARM'], ['OK'], []];

export function costOfAll(outcome: Outcome): bigint {
  return outcome.byModel.reduce((sum, { cost }) => sum + cost, 0n);
}

/** The alarms while calls fail. */
export function alarmsOf({ scenes }: Outcome): readonly AlarmReport[] {
  return scenes[0]?.alarms ?? [];
}

/** The figures of `--json`. Dollars are decimal strings with every digit. */
export function figuresOf(outcome: Outcome, steps: readonly Step[]) {
  const groups = (list: readonly Group[], label: 'model' | 'caller') =>
    list.map(({ name, calls, failed, unpriced, cost, tokens }) => ({
      [label]: name,
      calls,
      failed,
      unpriced,
      costUsd: formatUsd(cost),
      tokens,
    }));
  return {
    records: { sent: outcome.sent, ...outcome.states },
    costUsd: formatUsd(costOfAll(outcome)),
    expectedCostUsd: outcome.expected ? formatUsd(outcome.expected.cost) : null,
    byModel: groups(outcome.byModel, 'model'),
    byCaller: groups(outcome.byCaller, 'caller'),
    alarms: alarmsOf(outcome).map(({ name, state }) => ({ name, state })),
    messages: outcome.scenes.flatMap(({ what, pages }) => pages.map((page) => ({ scene: what, ...page }))),
    dashboards: outcome.dashboards,
    loggingConfiguration: outcome.loggingConfiguration,
    notEmulated: outcome.notEmulated,
    steps,
  };
}

/** What is wrong with the figures, in sentences; none when the demo has proved what it is there to prove. */
export function complaints(outcome: Outcome): string[] {
  const { sent, states, expected, metricUsd } = outcome;
  const found: string[] = [];
  const ended = Object.values(states).reduce((sum, count) => sum + count, 0);
  if (ended !== sent) {
    found.push(`${sent} records were sent, but ${ended} ended in a state`);
  }
  const cost = costOfAll(outcome);
  if (outcome.outsideMetrics === 0 && Math.abs(Number(formatUsd(cost)) - metricUsd) > 1e-6) {
    found.push(`the ledger says ${formatUsd(cost)} USD, but the cost metric ${metricUsd} USD`);
  }
  if (!expected) {
    return found;
  }
  if (cost !== expected.cost) {
    found.push(`the cost is ${formatUsd(cost)} USD, expected ${formatUsd(expected.cost)} USD`);
  }
  for (const state of Object.keys(expected.states) as State[]) {
    if (states[state] !== expected.states[state]) {
      found.push(`${states[state]} records are ${state}, expected ${expected.states[state]}`);
    }
  }
  if (!alarmsOf(outcome).some(({ state }) => state === 'ALARM')) {
    found.push('no alarm fired, expected the error rate to');
  }
  found.push(...EXPECTED_PAGES.flatMap((pages, index) => wrongPages(outcome.scenes[index], pages)));
  if (outcome.dashboards.every(({ withData }) => withData === 0)) {
    found.push('no dashboard shows data');
  }
  return found;
}

function wrongPages(scene: Scene | undefined, expected: readonly string[]): string[] {
  const states = (scene?.pages ?? []).filter(({ name }) => name.includes('CriticalIncident')).map(({ state }) => state);
  return String(states) === String(expected)
    ? []
    : [`in '${scene?.what}' the critical incident told '${states.join(', ')}', expected '${expected.join(', ')}'`];
}
