import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmRuleProps } from '../../../alarm-rule';
import { AlarmSignals } from '../../../alarm-signals';
import { BedrockMetrics } from '../../../bedrock-metrics';
import { ICostMeter } from '../../../cost-meter-interface';
import { CostMetrics } from '../../../cost-metrics';
import { IPriceCatalogue } from '../../../price-catalogue-interface';

/** What the default rules get their metrics from. A rule whose metric needs something that is absent is left out. */
export interface MetricInputs {
  readonly bedrock: BedrockMetrics;
  readonly cost: CostMetrics;
  readonly textLogged: boolean;
  /** The calls that a period must have for its ratios and percentiles to count. */
  readonly minimumCalls: number;
  readonly signals?: AlarmSignals;
  readonly meter?: ICostMeter;
  readonly prices?: IPriceCatalogue;
}

/** One default rule. */
export interface AlarmRow extends Omit<AlarmRuleProps, 'summary' | 'metric' | 'runbook'> {
  /** What is wrong when the alarm fires, in words that name the threshold. */
  readonly summary: (threshold: number) => string;
  /** What is watched; undefined where something that it needs is absent. */
  readonly metric: (inputs: MetricInputs) => cloudwatch.IMetric | undefined;
  /** Why the default threshold and periods are what they are, for docs/alarms.md. */
  readonly reason: string;
  /** The thresholds that users may set, both ends included. */
  readonly allowedRange: readonly [min: number, max: number];
}
