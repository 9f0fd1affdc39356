import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmRuleProps } from '../../../alarm-rule';
import { AlarmSignals } from '../../../alarm-signals';
import { BedrockMetrics } from '../../../bedrock-metrics';
import { CostMeter } from '../../../cost-meter';
import { CostMetrics } from '../../../cost-metrics';
import { PriceCatalogue } from '../../../price-catalogue';

/** What the default rules can be made of; a row whose source is absent is left out. */
export interface AlarmSources {
  readonly bedrock: BedrockMetrics;
  readonly cost: CostMetrics;
  readonly textLogged: boolean;
  /** The calls a period must have for its ratio to count. */
  readonly minimumCalls: number;
  readonly signals?: AlarmSignals;
  readonly meter?: CostMeter;
  readonly prices?: PriceCatalogue;
}

/** One default rule: a row of the table. */
export interface AlarmRow extends Omit<AlarmRuleProps, 'summary' | 'metric' | 'runbook'> {
  /** What is wrong, in the words of the threshold. */
  readonly summary: (threshold: number) => string;
  /** What is watched; undefined where its source is absent. */
  readonly metric: (sources: AlarmSources) => cloudwatch.IMetric | undefined;
  /** The thresholds that make sense. */
  readonly allowedRange: readonly [min: number, max: number];
}
