import { AlarmCategory, type AlarmRule, AlarmTier } from '../../lib';
import { seenIn } from '../../lib/private/alarms/render-rule';
import { LEVELS } from '../../lib/private/levels';
import { AGENT_ROWS } from '../../lib/private/alarms/table/agents';
import { ALARM_ROWS } from '../../lib/private/alarms/table/rows';

const names = (description: string, attribute: string) =>
  `$(aws lambda list-functions --query "Functions[?Description=='${description}'].${attribute} | [0]" --output text)`;
const queueOf = (description: string) =>
  `$(aws sqs get-queue-url --queue-name "${names(description, 'DeadLetterConfig.TargetArn').replace(/\)$/, ' | sed "s/.*://")')}" --query QueueUrl --output text)`;
const mappingOf = (description: string) =>
  `$(aws lambda list-event-source-mappings --function-name "${names(description, 'FunctionName')}" --query "EventSourceMappings[?contains(EventSourceArn, ':sqs:')].UUID | [0]" --output text)`;
const METER = 'Prices Amazon Bedrock model invocations';
const SIGNALS = 'Publishes what Amazon Bedrock alarms cannot compute themselves';
const QUOTA = 'Compares Amazon Bedrock token use with the quotas of this account';
const PRICES = 'Brings the prices of Amazon Bedrock up to the AWS Price List';
const DIGEST = 'Sums up what Amazon Bedrock calls cost';
const AGENTS = 'Meters spans of agents that call Amazon Bedrock';
const AGENT_JOIN = 'Joins the calls of agents with the ledger of Amazon Bedrock calls';
const UNRECORDED = 'Prices usage of Amazon Bedrock that no invocation record describes';
const BILL = 'Compares the cost of Amazon Bedrock calls with the bill';
const MEMBERS = 'Finds members whose records of Amazon Bedrock calls do not arrive';
const TABLE = 'Keeps the table of the ledger of Amazon Bedrock calls small and in order';
const ACTIVATION = 'Turns on the actions of alarms some days after their first deployment';

/** How a shell finds what the commands of a runbook name. A later one may use an earlier one. */
const FINDERS: Readonly<Record<string, string>> = {
  METER: names(METER, 'FunctionName'),
  LEDGER: names(METER, 'LoggingConfig.LogGroup'),
  RECORDS: '$(aws bedrock get-model-invocation-logging-configuration --query loggingConfig.cloudWatchConfig.logGroupName --output text)',
  SIGNALS: names(SIGNALS, 'FunctionName'),
  SIGNALS_LOG: names(SIGNALS, 'LoggingConfig.LogGroup'),
  QUOTA: names(QUOTA, 'FunctionName'),
  QUOTA_LOG: names(QUOTA, 'LoggingConfig.LogGroup'),
  PRICES: names(PRICES, 'FunctionName'),
  PRICES_LOG: names(PRICES, 'LoggingConfig.LogGroup'),
  DIGEST: names(DIGEST, 'FunctionName'),
  DIGEST_LOG: names(DIGEST, 'LoggingConfig.LogGroup'),
  UNRECORDED_LOG: names(UNRECORDED, 'LoggingConfig.LogGroup'),
  BILL: names(BILL, 'FunctionName'),
  BILL_LOG: names(BILL, 'LoggingConfig.LogGroup'),
  MEMBERS: names(MEMBERS, 'FunctionName'),
  MEMBERS_LOG: names(MEMBERS, 'LoggingConfig.LogGroup'),
  TABLE_UPKEEP: names(TABLE, 'FunctionName'),
  TABLE_UPKEEP_LOG: names(TABLE, 'LoggingConfig.LogGroup'),
  TABLE_DELIVERY_LOG: `$(aws logs describe-log-groups --log-group-name-pattern DeliveryLogs --query "logGroups[0].logGroupName" --output text)`,
  ACTIVATION_LOG: names(ACTIVATION, 'LoggingConfig.LogGroup'),
  DEAD_LETTERS: queueOf(METER),
  REDRIVE: mappingOf(METER),
  AGENT_LINES: names(AGENTS, 'LoggingConfig.LogGroup'),
  AGENT_JOIN: names(AGENT_JOIN, 'FunctionName'),
  AGENT_DEAD_LETTERS: queueOf(AGENTS),
  AGENT_REDRIVE: mappingOf(AGENTS),
  MAINTENANCE: `$(aws sns list-topics --query "Topics[?contains(TopicArn, 'MaintenanceTopic')].TopicArn | [0]" --output text)`,
};

/** Descriptions of functions by which the commands find them. */
export const DESCRIPTIONS = [METER, SIGNALS, QUOTA, PRICES, DIGEST, AGENTS, AGENT_JOIN, UNRECORDED, BILL, MEMBERS, TABLE, ACTIVATION];

const QUERY = `query() { # log group, query, seconds to look back
  local id
  id=$(aws logs start-query --log-group-name "$1" --query-string "$2" --start-time "$(($(date +%s) - \${3:-3600}))" --end-time "$(date +%s)" --query queryId --output text)
  while aws logs get-query-results --query-id "$id" --query status --output text | grep -qE 'Scheduled|Running'; do sleep 1; done
  aws logs get-query-results --query-id "$id" --query "results[*].[join('  ', [?field != '@ptr'].join('=', [field, value]))]" --output text
}`;

const block = (code: string) => `\`\`\`sh\n${code}\n\`\`\``;

/** The block that finds the names which the other blocks of a page use; none where they use none. */
export function namesPart(page: string): string {
  const found = Object.entries(FINDERS).filter(([name]) => new RegExp(`\\$${name}(?!\\w)`).test(page));
  const lines = [...found.map(([name, finder]) => `${name}=${finder}`), ...(/^ *query /m.test(page) ? [QUERY] : [])];
  return lines.length === 0
    ? 'The commands run in AWS CloudShell, or in any bash with the AWS CLI, in the account and Region of the alarm.'
    : `In AWS CloudShell, or in any bash with the AWS CLI, in the account and Region of the alarm. Paste this first; the other commands use what it finds.\n\n${block(lines.join('\n'))}`;
}

/** What the tables of alarms say about a rule. */
export function factsPart(rule: AlarmRule): string {
  const { tier, summary } = rule._props;
  const reads = metricsOf(rule.metric).map((metric) => `\`${metric}\``);
  return `**Tier** ${tier} · **Fires when** ${summary}, seen in ${seenIn(rule._props)} · **Reads** ${reads.join(', ')}`;
}

function metricsOf(metric: AlarmRule['metric']): string[] {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  const own = metricStat
    ? [metricStat.namespace.startsWith('AWS/') ? `${metricStat.namespace} ${metricStat.metricName}` : metricStat.metricName]
    : [];
  return [...new Set([...own, ...Object.values(mathExpression?.usingMetrics ?? {}).flatMap(metricsOf)])];
}

const MISSING: Readonly<Record<string, string>> = {
  notBreaching: 'A period without data counts as healthy.',
  ignore: 'Without data the alarm keeps its last state.',
  breaching: 'A period without data counts as unhealthy.',
};

export function overPart({ _props: props }: AlarmRule): string {
  const { name, tier, evaluationPeriods: n = 1, datapointsToAlarm: m = n } = props;
  const period = seenIn({ ...props, evaluationPeriods: 2 }).replace(/^.* periods of /, '');
  const what = 'the condition at the top of this page';
  const condition =
    n === 1
      ? `when ${what} no longer holds`
      : m === n
        ? `after one period of ${period} in which ${what} does not hold`
        : `when ${what} holds in fewer than ${m} of the last ${n} periods of ${period}`;
  const end = tier === AlarmTier.CRITICAL ? 'Its end is announced.' : 'The end of a warning is not announced.';
  return [
    `The alarm goes back to OK by itself ${condition}. ${MISSING[props.treatMissingData ?? 'notBreaching']} ${end}`,
    '',
    block(
      `aws cloudwatch describe-alarms --query "MetricAlarms[?ends_with(AlarmName, '-${name}')].[AlarmName, StateValue, StateUpdatedTimestamp]" --output text`,
    ),
  ].join('\n');
}

export function tunePart({ _props: props }: AlarmRule): string {
  const { name, threshold, category } = props;
  const row = ALARM_ROWS.find((candidate) => candidate.name === name);
  const [min = 0, max = 0] = row?.allowedRange ?? [];
  const allowed = max === Number.MAX_VALUE ? `${number(min)} or more` : `${number(min)} to ${number(max)}`;
  const tunable = row && min !== max;
  const isOfAgents = AGENT_ROWS.some((candidate) => candidate.name === name);
  const isBasic = isOfAgents || LEVELS.basic.rules!.includes(name);
  const level = `${isBasic ? 'every level' : '`ObservabilityLevel.COMPREHENSIVE` and `ADVANCED`'}${isOfAgents ? ', where agents are metered' : ''}`;
  return [
    tunable
      ? `- Threshold: \`thresholds: { ${name}: ${threshold} }\` is the default, in \`defaultAlarms\` of \`BedrockObservability\`. Allowed: ${allowed}.`
      : '- It has no threshold that you can change.',
    ...(row ? [`- It is part of the default alarms of ${level}. \`exclude: ['${name}']\` leaves it out.`] : []),
    category === undefined || category === AlarmCategory.SERVICE
      ? `- During a maintenance, silence all alarms about the service for an hour:\n\n${indented(block('aws sns publish --topic-arn "$MAINTENANCE" --message maintenance'))}`
      : `- To silence it, turn off its actions. Turn them on again later with \`enable-alarm-actions\`. A maintenance does not silence this alarm.\n\n${indented(
          block(
            `aws cloudwatch disable-alarm-actions --alarm-names $(aws cloudwatch describe-alarms --query "MetricAlarms[?ends_with(AlarmName, '-${name}')].AlarmName" --output text)`,
          ),
        )}`,
  ].join('\n');
}

const indented = (text: string): string => text.replace(/^/gm, '  ');

const number = (value: number): string => value.toLocaleString('en-US');
