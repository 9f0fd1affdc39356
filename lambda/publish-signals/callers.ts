import { oneRowPerCall, PRINCIPAL } from '../../engine/ledger/calls';
import { IS_LEDGER, Member } from '../../engine/ledger/members';
import { Signals } from '../../engine/telemetry/names';
import { startOf } from '../../engine/calendar';
import { BASELINE_DAYS, completeDays, WARM_UP_DAYS } from './baseline';
import { MAX_ROWS, numberOf } from '../shared/sources';
import { isCut, ledgerSignal, limitOf, sumsByRole } from './ledger-rows';
import { costSeries } from './meter-series';
import { DAY, type Signal } from './signal';

const { costUsd } = Member;

export const CALLER_COSTS = [
  `filter ${IS_LEDGER} and ispresent(${costUsd})`,
  ...oneRowPerCall({ computed: [PRINCIPAL], keys: ['principal'], values: [`max(${costUsd}) as cost`] }),
  'stats sum(cost) as usd by principal',
  'sort usd desc',
  `limit ${MAX_ROWS}`,
].join(' | ');

/** The role whose last 24 hours are furthest above its average day. Half the daily floor stands in for a lower average. */
export const callerCosts: Signal = async (sources, config, now) => {
  const history = await costSeries(sources, config, now - (BASELINE_DAYS + 1) * DAY, now);
  const days = completeDays(history, startOf('day', now, config.timeZone), config).length;
  if (days < WARM_UP_DAYS) {
    return [];
  }
  const compare = ledgerSignal(async (ask) => {
    const rows = await ask(CALLER_COSTS, now - DAY, now);
    const rowsBefore = await ask(CALLER_COSTS, now - (BASELINE_DAYS + 1) * DAY, now - DAY);
    const before = new Map(sumsByRole(rowsBefore, 'usd'));
    // A role that a full list leaves out spent at most what the last one in it did.
    const ofOthers = isCut(rowsBefore) ? numberOf(rowsBefore.at(-1), 'usd') : 0;
    const [worst] = sumsByRole(rows, 'usd')
      .map(([role, usd]) => ({ role, ratio: usd / Math.max((before.get(role) ?? ofOthers) / days, config.minimumDailyCostUsd / 2) }))
      .sort((a, b) => b.ratio - a.ratio);
    const limit = limitOf(rows, rowsBefore);
    // Where nothing was spent, no role spent more than usual: without a value the alarm would stay on.
    return [{ metric: Signals.CALLER_DAY_RATIO, value: worst?.ratio ?? 0, subject: worst?.role, limit }];
  });
  return compare(sources, config, now);
};
