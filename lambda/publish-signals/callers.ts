import { IS_LEDGER, Member } from '../../engine/ledger/members';
import { Signals } from '../../engine/telemetry/names';
import { startOf } from '../../engine/calendar';
import { BASELINE_DAYS, completeDays, WARM_UP_DAYS } from './baseline';
import { ledgerSignal, sumsByRole } from './ledger-rows';
import { costSeries } from './meter-series';
import { DAY, type Signal } from './signal';

const { caller, costUsd } = Member;

export const CALLER_COSTS = `filter ${IS_LEDGER} and ispresent(${costUsd}) | stats sum(${costUsd}) as usd by ${caller} | sort usd desc | limit 10000`;

/** The role whose last 24 hours are furthest above its average day. Half the daily floor stands in for a lower average. */
export const callerCosts: Signal = async (sources, config, now) => {
  const history = await costSeries(sources, config, now - (BASELINE_DAYS + 1) * DAY, now);
  const days = completeDays(history, startOf('day', now, config.timeZone), config).length;
  if (days < WARM_UP_DAYS) {
    return [];
  }
  const compare = ledgerSignal(async (ask) => {
    const last = sumsByRole(await ask(CALLER_COSTS, now - DAY, now), 'usd');
    const before = new Map(sumsByRole(await ask(CALLER_COSTS, now - (BASELINE_DAYS + 1) * DAY, now - DAY), 'usd'));
    const [worst] = last
      .map(([role, usd]) => ({ role, ratio: usd / Math.max((before.get(role) ?? 0) / days, config.minimumDailyCostUsd / 2) }))
      .sort((a, b) => b.ratio - a.ratio);
    return [{ metric: Signals.CALLER_DAY_RATIO, value: worst?.ratio ?? 0, subject: worst?.role }];
  });
  return compare(sources, config, now);
};
