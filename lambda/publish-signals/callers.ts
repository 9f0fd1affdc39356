import { startOf } from '../../engine/calendar';
import type { Question } from '../../engine/ledger/questions/question';
import { Signals } from '../../engine/telemetry/names';
import { MAX_ROWS, numberOf, type QueryRow } from '../shared/sources';
import { BASELINE_DAYS, completeDays, WARM_UP_DAYS } from './baseline';
import { isCut, ledgerSignal, limitOf, sumsByRole } from './ledger-rows';
import { costSeries } from './meter-series';
import { DAY, type Signal } from './signal';

export const CALLER_COSTS: Question = { of: 'priced', by: ['principal'], measures: ['usd', 'firstDay'], sort: 'usd', limit: MAX_ROWS };

/** The role whose last 24 hours are furthest above its average day. Half the daily floor stands in for a lower average. */
export const callerCosts: Signal = async (sources, config, now) => {
  const history = await costSeries(sources, config, now - (BASELINE_DAYS + 1) * DAY, now);
  const daysOfMetrics = completeDays(history, startOf('day', now, config.timeZone), config).length;
  if (daysOfMetrics < WARM_UP_DAYS) {
    return [];
  }
  const compare = ledgerSignal(async (ledger) => {
    const rows = await ledger.askWritten(CALLER_COSTS, { from: now - DAY, until: now });
    const rowsBefore = await ledger.askWritten(CALLER_COSTS, { from: now - (BASELINE_DAYS + 1) * DAY, until: now - DAY });
    const days = Math.min(daysOfMetrics, daysOfLedger(rowsBefore, now - DAY));
    if (days < WARM_UP_DAYS && rows.length > 0) {
      return [];
    }
    const before = new Map(sumsByRole(rowsBefore, 'usd'));
    // A role that a full list leaves out spent at most what the last one in it did.
    const ofOthers = isCut(rowsBefore) ? numberOf(rowsBefore.at(-1), 'usd') : 0;
    const [worst] = sumsByRole(rows, 'usd')
      .map(([role, usd]) => ({ role, ratio: usd / Math.max((before.get(role) ?? ofOthers) / days, config.minimumDailyCostUsd / 2) }))
      .sort((a, b) => b.ratio - a.ratio);
    const limit = limitOf(ledger.name, rows, rowsBefore);
    // Where nothing was spent, no role spent more than usual: without a value the alarm would stay on.
    return [{ metric: Signals.CALLER_DAY_RATIO, value: worst?.ratio ?? 0, subject: worst?.role, limit }];
  });
  return compare(sources, config, now);
};

/** How many whole days the ledger goes back, which can be younger than the metrics: what it does not have is not a cost of zero. */
function daysOfLedger(rows: readonly QueryRow[], until: number): number {
  const [first] = rows.flatMap(({ firstDay }) => firstDay ?? []).sort();
  return first === undefined ? 0 : Math.ceil((until - Date.parse(first)) / DAY) - 1;
}
