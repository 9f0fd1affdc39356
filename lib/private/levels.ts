import { Audience } from '../audience';
import type { BedrockObservabilityProps } from '../bedrock-observability-props';
import { ObservabilityLevel } from '../observability-level';
import { AGENT_ROWS } from './alarms/table/agents';

/** What a level makes without being asked for it. */
interface LevelTraits {
  readonly audiences: readonly Audience[];

  /** The default alarm rules of the level. By default all whose metric is there. */
  readonly rules?: readonly string[];
  readonly signals: boolean;
  readonly digest: boolean;
}

const { BASIC, COMPREHENSIVE, ADVANCED } = ObservabilityLevel;
const { EXECUTIVE, FINOPS, DEVOPS, DEVELOPER, SECURITY } = Audience;
const EVERYBODY = [EXECUTIVE, FINOPS, DEVOPS, DEVELOPER, SECURITY];

export const LEVELS: Readonly<Record<ObservabilityLevel, LevelTraits>> = {
  [BASIC]: {
    audiences: [FINOPS, DEVOPS],
    // They need no history, and each says that something is broken or that a number is wrong.
    rules: [
      'ErrorRate',
      'Latency',
      'LogDeliveryFailing',
      'CompletionRate',
      'UnpricedCalls',
      'MeterErrors',
      'MeterDelay',
      'DeadLetters',
      'MetricsRejected',
      'PricesStale',
    ],
    signals: false,
    digest: false,
  },
  [COMPREHENSIVE]: { audiences: EVERYBODY, signals: true, digest: false },
  [ADVANCED]: { audiences: EVERYBODY, signals: true, digest: true },
};

/** Throws for the threshold of a rule that the level does not have. */
export function requireThresholdsOfLevel(
  level: ObservabilityLevel,
  { defaultAlarms, alarmSignals, agents, budgets }: BedrockObservabilityProps,
): void {
  const { rules } = LEVELS[level];
  const ofAgents = agents ? AGENT_ROWS.map(({ name }) => name) : [];
  const missing = Object.keys(defaultAlarms?.thresholds ?? {}).find((name) => rules && !rules.includes(name) && !ofAgents.includes(name));
  if (missing !== undefined && !alarmSignals && !budgets?.length) {
    throw new Error(
      `'defaultAlarms.thresholds' has '${missing}', which is no alarm of the level '${level}' (${rules!.join(', ')}): ` +
        `set 'level' to ObservabilityLevel.COMPREHENSIVE, or leave it out`,
    );
  }
}

/** Dashboards, alarms and budgets would have no data. */
export function requireEmbeddedMetrics({ costMeter }: BedrockObservabilityProps): void {
  if (costMeter?.otlp?.embeddedMetrics === false) {
    throw new Error(
      `'costMeter.otlp.embeddedMetrics' must not be false here, because alarms and dashboards read these metrics: ` +
        `leave it out, or use InvocationLogging and CostMeter alone`,
    );
  }
}
