import { Metrics, Signals } from '../../engine/telemetry/names';
import { startOf } from '../../engine/calendar';
import type { QueryRow, Sources } from '../shared/sources';
import { completeDays } from './cost';
import type { SignalsConfig } from './config';
import { BASELINE_DAYS, DAY, HOUR, MINUTE, type Signal, WARM_UP_DAYS } from './signal';

/** A large prompt for a tiny answer, as the ledger tells it. */
const WASTE = { input: 2000, output: 200 };

/** Tokens that were not read from the cache: what is read from it costs a tenth. */
const SENT = 'tokens.input + coalesce(tokens.cacheWrite5m, 0) + coalesce(tokens.cacheWrite1h, 0) + coalesce(tokens.cacheWrite, 0)';

export const QUERIES = {
  modelCosts: 'filter ledger = 1 and ispresent(costUsd) | stats sum(costUsd) as usd by model | sort usd desc | limit 1000',
  callerCosts: 'filter ledger = 1 and ispresent(costUsd) | stats sum(costUsd) as usd by caller | sort usd desc | limit 10000',
  ratio: `filter ledger = 1 and tokens.output > 0 | fields ${SENT} as sent | stats sum(sent) as input, sum(tokens.output) as output`,
  largest: `filter ledger = 1 and ispresent(tokens.input) | fields requestId, ${SENT} + tokens.output as used | sort used desc | limit 1`,
  wasted: `filter ledger = 1 and tokens.output > 0 and tokens.output < ${WASTE.output} | fields ${SENT} as sent | filter sent > ${WASTE.input} | stats sum(sent) as wasted by caller | sort wasted desc | limit 10000`,
  componentErrors:
    'filter status.code = "ERROR" | fields resource.attributes.service.name as service | stats count(*) as errors by service, name | sort errors desc | limit 1',
  componentLatency:
    'filter ispresent(durationNano) | fields resource.attributes.service.name as service | stats pct(durationNano, 95) as p95, count(*) as spans by service, name | sort p95 desc | limit 1000',
} as const;

/** The most expensive model's share of 24 hours. With one model, or with small change, there is nothing to share. */
export const modelShare: Signal = ledgerSignal(async (rows, { minimumDailyCostUsd }, now) => {
  const models = await rows(QUERIES.modelCosts, now - DAY, now);
  const total = models.reduce((sum, row) => sum + number(row, 'usd'), 0);
  const share = models.length > 1 && total >= minimumDailyCostUsd ? (100 * number(models[0], 'usd')) / total : 0;
  return [{ metric: Signals.MODEL_SHARE, value: share, subject: models[0]?.model }];
});

export const inputOutput: Signal = ledgerSignal(async (rows, { minimumHourlyTokens }, now) => {
  const [row] = await rows(QUERIES.ratio, now - HOUR, now);
  const [input, output] = [number(row, 'input'), number(row, 'output')];
  return [{ metric: Signals.INPUT_OUTPUT_RATIO, value: input >= minimumHourlyTokens && output > 0 ? input / output : 0 }];
});

export const largestCall: Signal = ledgerSignal(async (rows, _, now) => {
  const [row] = await rows(QUERIES.largest, now - HOUR, now);
  return [{ metric: Signals.LARGEST_CALL, value: number(row, 'used'), subject: row?.requestId }];
});

export const wastedTokens: Signal = ledgerSignal(async (rows, _, now) => {
  const [worst] = byRole(await rows(QUERIES.wasted, now - DAY, now), 'wasted');
  return [{ metric: Signals.WASTED_TOKENS, value: worst?.[1] ?? 0, subject: worst?.[0] }];
});

/** The role whose last 24 hours are furthest above its average; half the daily floor stands in for a lower average. */
export const callerCosts: Signal = async (sources, config, now) => {
  const query = { namespace: config.namespace, metricName: Metrics.COST, statistic: 'Sum', periodSeconds: 3600 };
  const history = await sources.series(query, now - (BASELINE_DAYS + 1) * DAY, now);
  const days = completeDays(history, startOf('day', now, config.timeZone), config).length;
  if (days < WARM_UP_DAYS) {
    return [];
  }
  return ledgerSignal(async (rows) => {
    const last = byRole(await rows(QUERIES.callerCosts, now - DAY, now), 'usd');
    const before = new Map(byRole(await rows(QUERIES.callerCosts, now - (BASELINE_DAYS + 1) * DAY, now - DAY), 'usd'));
    const [worst] = last
      .map(([role, usd]) => ({ role, ratio: usd / Math.max((before.get(role) ?? 0) / days, config.minimumDailyCostUsd / 2) }))
      .sort((a, b) => b.ratio - a.ratio);
    return [{ metric: Signals.CALLER_DAY_RATIO, value: worst?.ratio ?? 0, subject: worst?.role }];
  })(sources, config, now);
};

export const components: Signal = async (sources, { spans, minimumCalls }, now) => {
  if (spans === undefined) {
    return [];
  }
  const from = now - 15 * MINUTE;
  const [worst] = await sources.rows(spans, QUERIES.componentErrors, from, now);
  const slow = await sources.rows(spans, QUERIES.componentLatency, from, now);
  const slowest = slow.find((row) => number(row, 'spans') >= minimumCalls);
  return [
    { metric: Signals.COMPONENT_ERRORS, value: number(worst, 'errors'), subject: componentOf(worst) },
    { metric: Signals.COMPONENT_LATENCY, value: number(slowest, 'p95') / 1e6, subject: componentOf(slowest) },
  ];
};

type Query = (query: string, from: number, to: number) => Promise<readonly QueryRow[]>;

function ledgerSignal(of: (rows: Query, config: SignalsConfig, now: number) => ReturnType<Signal>): Signal {
  return async (sources: Sources, config, now) => {
    const { ledger } = config;
    return ledger === undefined ? [] : of((query, from, to) => sources.rows(ledger, query, from, to), config, now);
  };
}

/** Sums over the sessions of a role, largest first: a session is a person, a container or a function, and there are many. */
function byRole(rows: readonly QueryRow[], field: string): Array<[role: string, sum: number]> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const role = roleOf(row.caller ?? '');
    sums.set(role, (sums.get(role) ?? 0) + number(row, field));
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}

const roleOf = (caller: string): string => caller.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');

const number = (row: QueryRow | undefined, field: string): number => Number(row?.[field] ?? 0) || 0;

const componentOf = (row: QueryRow | undefined): string | undefined => row && `${row.service ?? ''} ${row.name ?? ''}`.trim();
