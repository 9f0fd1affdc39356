import { Token } from 'aws-cdk-lib';
import { AlarmRule } from './alarm-rule';
import { AlarmSignals } from './alarm-signals';
import { BedrockMetrics } from './bedrock-metrics';
import { CostMeter } from './cost-meter';
import { CostMetrics } from './cost-metrics';
import { CRITICAL_ROWS } from './private/alarms/table/critical';
import { META_ROWS } from './private/alarms/table/meta';
import { PRICE_ROWS } from './private/alarms/table/prices';
import { AlarmRow, AlarmSources } from './private/alarms/table/row';
import { WARNING_ROWS } from './private/alarms/table/warning';
import { PriceCatalogue } from './price-catalogue';

/** The table of the default rules. One more alarm is one more row, and one more page in `docs/runbooks`. */
const ROWS: readonly AlarmRow[] = [...CRITICAL_ROWS, ...WARNING_ROWS, ...META_ROWS, ...PRICE_ROWS];

/**
 * Options for the default alarm rules.
 */
export interface DefaultAlarmRulesOptions {
  /**
   * What gives the rules a week of history and single calls.
   *
   * @default - the rules that need history, the ledger or spans are left out
   */
  readonly signals?: AlarmSignals;

  /**
   * The meter whose own health is watched.
   *
   * @default - the rules about the meter itself are left out
   */
  readonly costMeter?: CostMeter;

  /**
   * The prices whose refresh is watched.
   *
   * @default - the rules about prices are left out
   */
  readonly prices?: PriceCatalogue;

  /**
   * Whether Bedrock logs request and response textLogged: without them nobody knows why an answer ended.
   *
   * @default true
   */
  readonly textLogged?: boolean;

  /**
   * Thresholds by the name of their rule, for example `{ ErrorRate: 10, Latency: 30000 }`.
   *
   * @default - the thresholds in docs/alarms.md
   */
  readonly thresholds?: { [rule: string]: number };

  /**
   * The names of rules to leave out.
   *
   * @default - all rules whose source is there
   */
  readonly without?: string[];

  /**
   * The calls that a period must have for its ratios and percentiles to count.
   *
   * @default 20
   */
  readonly minimumCalls?: number;
}

/**
 * The alarms that every account with Bedrock should have.
 */
export class DefaultAlarmRules {
  /**
   * The default rules over the metrics of a cost meter.
   *
   * @param costMetrics the metrics of the meter
   * @param options sources, thresholds and what to leave out
   */
  public static forMetrics(costMetrics: CostMetrics, options: DefaultAlarmRulesOptions = {}): AlarmRule[] {
    const { thresholds = {}, without = [], minimumCalls = 20 } = options;
    const names = ROWS.map((row) => row.name);
    requireKnown('thresholds', Object.keys(thresholds), names);
    requireKnown('without', without, names);
    if (!Token.isUnresolved(minimumCalls) && !(minimumCalls >= 1)) {
      throw new Error(`'minimumCalls' must be at least 1, got ${minimumCalls}`);
    }

    const sources: AlarmSources = {
      bedrock: BedrockMetrics.forAccount(),
      cost: costMetrics,
      textLogged: options.textLogged ?? true,
      minimumCalls,
      signals: options.signals,
      meter: options.costMeter,
      prices: options.prices,
    };
    return ROWS.filter((row) => !without.includes(row.name)).flatMap((row) => {
      const metric = row.metric(sources);
      return metric ? [ruleOf(row, metric, thresholds[row.name])] : [];
    });
  }
}

function ruleOf(row: AlarmRow, metric: AlarmRule['props']['metric'], override: number | undefined): AlarmRule {
  const { allowedRange, ...props } = row;
  const threshold = override ?? row.threshold;
  const [min, max] = allowedRange;
  if (!Token.isUnresolved(threshold) && !(threshold >= min && threshold <= max)) {
    const allowed = max === Number.MAX_VALUE ? `at least ${min}` : min === max ? `${min}` : `from ${min} to ${max}`;
    throw new Error(`the threshold of '${row.name}' in 'thresholds' must be ${allowed}, got ${threshold}`);
  }
  return new AlarmRule({ ...props, metric, threshold, summary: row.summary(threshold) });
}

function requireKnown(prop: string, given: readonly string[], names: readonly string[]): void {
  const unknown = given.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`'${prop}' must hold names of default rules (${names.join(', ')}), got '${unknown}'`);
  }
}
