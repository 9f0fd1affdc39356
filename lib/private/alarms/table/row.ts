import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AgentMeter } from '../../../agent-meter';
import { AlarmRule, AlarmRuleProps } from '../../../alarm-rule';
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
  readonly agents?: AgentMeter;
  readonly topics?: readonly sns.ITopic[];
  readonly trail?: logs.ILogGroupRef;
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

/** A rule about a function of this library that is not always there. The construct that makes the function makes the alarm. */
export interface FunctionRow extends Omit<AlarmRow, 'metric'> {
  readonly metric: (handler: lambda.IFunction) => cloudwatch.IMetric;
}

export function ruleOfFunction(row: FunctionRow, handler: lambda.IFunction): AlarmRule {
  return new AlarmRule({ ...row, metric: row.metric(handler), summary: row.summary(row.threshold) });
}

/** The words for a count above a threshold: none above 0 need to be counted. */
export const moreThan = (threshold: number, what: string): string => (threshold === 0 ? what : `more than ${threshold} ${what}`);
