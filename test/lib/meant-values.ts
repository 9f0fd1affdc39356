interface Meant {
  /** Other props by which a message may name the fault, because it shows there. */
  readonly named?: readonly string[];
  /** Values that look wrong and are right for this prop, with the reason. */
  readonly taken?: Readonly<Record<string, string>>;
}

const NONE = 'a computed list may be empty: then there are none';
const BY_ARN = 'widgets name alarms by their ARNs, which may be of any Region';
const REDIRECTED = 'Amazon S3 answers with the Region of the bucket, and the functions and Athena ask there';
const BY_REGION = 'a metric names its Region and account, and widgets show those of any';

export const MEANT: Readonly<Record<string, Meant>> = {
  'AgentCoreTelemetryProps.memories': { named: ['props'] },
  'AgentMeterOptions.dimensions': { taken: { 'an empty list': 'the metrics then have no further dimensions' } },
  'AlarmRuleProps.metric': { taken: { 'of another account': 'alarms watch metrics of source accounts of this Region' } },
  'AlarmRuleProps.threshold': { taken: { negative: 'metrics may be negative', zero: 'one of anything is too much' } },
  'AlarmRuleProps.warmUp': { taken: { zero: 'there is no warm-up' } },
  'CostBudgetsProps.budgets': { taken: { 'an empty list': NONE } },
  'DashboardWidgetProps.maximum': { taken: { negative: 'a scale may end below zero', zero: 'a scale may end at zero' } },
  'DashboardWidgetProps.metrics': {
    named: ['shape'],
    taken: { 'with one of another Region': BY_REGION, 'with one of another account': BY_REGION },
  },
  'DashboardWidgetProps.moreLogGroups': { taken: { 'an empty list': NONE } },
  'DashboardWidgetProps.queryLines': { named: ['shape'], taken: { 'two of one name': 'a query may have a line twice' } },
  'DashboardsOptions.audiences': { taken: { 'an empty list': NONE } },
  'DashboardsProps.alarms': { taken: { 'with one of another Region': BY_ARN } },
  'DashboardsProps.tieredAlarms': { taken: { 'with one of another Region': BY_ARN } },
  'DataExportOptions.bucket': { taken: { 'of another Region': REDIRECTED } },
  'DefaultAlarmRulesProps.agentMeter': { named: ['metric'] },
  'DefaultAlarmRulesProps.costMeter': { named: ['metric'] },
  'DefaultAlarmRulesProps.prices': { named: ['metric'] },
  'DefaultAlarmRulesProps.signals': { named: ['metric'] },
  'DefaultAlarmRulesProps.topics': { named: ['metric'], taken: { 'with one FIFO': 'topics of both kinds count what they do not deliver' } },
  'DefaultAlarmRulesProps.trailLogGroup': {
    named: ['metric'],
    taken: { 'of another account': 'alarms watch metrics of source accounts of this Region' },
  },
  'OtelGatewayOptions.blockedValues': { taken: { 'an empty list': NONE, 'two of one name': 'what is blocked twice is blocked' } },
  'OtelGatewaySampling.moreOutputTokensThan': { taken: { zero: 'any output is more' } },
  'OtelGatewaySampling.percentage': { taken: { zero: 'only what the other conditions keep' } },
  'OtelGatewaySampling.slowerThan': { taken: { 'a millisecond': 'the collector compares in milliseconds' } },
  'PriceDiscount.percent': { taken: { zero: 'a discount may end' } },
  'PriceOverride.spec': { taken: { 'an empty map': 'no axis beside the kind' } },
  'RecordDestinationProps.stream': {
    taken: { 'of another Region': 'destinations deliver to streams of any Region, as the user guide of CloudWatch Logs has it' },
  },
  'RecordStreamOptions.maxBatchingWindow': { taken: { zero: 'a batch does not wait' } },
  'TieredAlarmsProps.rules': { taken: { 'an empty list': NONE } },
  'TransactionSearchProps.indexingPercentage': { taken: { zero: 'no span is indexed' } },
  'UnrecordedUsageOptions.batchOutputBuckets': { taken: { 'with one of another Region': REDIRECTED } },
  'UsageDigestOptions.hour': { taken: { zero: 'midnight' } },
};
