import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  AlarmActivation,
  AlarmTopic,
  BedrockObservability,
  BillReconciliation,
  CostBudget,
  Ledger,
  LedgerTable,
  MemberWatch,
  ObservabilityLevel,
  UnrecordedUsage,
} from '../../lib';
import { AGENT_ROWS } from '../../lib/private/alarms/table/agents';
import { INCIDENTS } from './incidents';
import { KILLED_SOURCES } from './killed-sources';

/** Everything that runs, waits or sends for as long as the stack is there: functions by their description, all else by its logical id. */
const WATCHED: Readonly<Record<string, readonly string[]>> = {
  'Prices Amazon Bedrock model invocations': [
    'MeterErrors',
    'MeterThrottles',
    'MeterDelay',
    'RecordsLost',
    'MetricsRejected',
    'LookUpsFailing',
  ],
  'Publishes what Amazon Bedrock alarms cannot compute themselves': ['SignalsMissing', 'HourlySignalsMissing', 'CallerSignalsMissing'],
  'Compares Amazon Bedrock token use with the quotas of this account': ['QuotaSignalsMissing'],
  'Brings the prices of Amazon Bedrock up to the AWS Price List': ['PricesStale', 'PriceRefreshFailed'],
  'Sums up what Amazon Bedrock calls cost': ['DigestMissing', 'DigestFailed'],
  'Compares the cost of Amazon Bedrock calls with the bill': ['BillReconciliationMissing'],
  'Prices usage of Amazon Bedrock that no invocation record describes': ['UnrecordedUsageIncomplete'],
  'Meters spans of agents that call Amazon Bedrock': ['AgentDeadLetters'],
  'Joins the calls of agents with the ledger of Amazon Bedrock calls': ['AgentJoinMissing'],
  'Finds members whose records of Amazon Bedrock calls do not arrive': ['MemberWatchMissing'],
  'Turns on the actions of alarms some days after their first deployment': ['ActivationFailing'],
  'Keeps the table of the ledger of Amazon Bedrock calls small and in order': ['LedgerUpkeepMissing'],
  TableDelivery: ['LedgerRowsFailed', 'LedgerDeliveryMissing'],
  AllCostMeterSubscription: ['LogDeliveryFailing'],
  AllCostMeterDeadLetterQueue: ['DeadLetters', 'RecordsLost'],
  AllAgentMeterDeadLetterQueue: ['AgentDeadLetters'],
  Pager: ['MessagesUndelivered'],
};

/** What fails in a way that is seen without an alarm. */
const SEEN_OTHERWISE: Readonly<Record<string, RegExp>> = {
  'run at a deployment only, which then fails': /^(BedrockInvocationLogging|CustomS3AutoDelete|TableMaker)/,
  'turned on by hand, while somebody looks': /Redrive$/,
  'gets the messages of the person who announces a maintenance': /MaintenanceTopic$/,
  'spans cannot be told from no runs of agents': /^AllAgentMeterSubscription/,
};

const stack = new Stack(new App(), 'Test');
const pager = new AlarmTopic(stack, 'Pager');
const spans = logs.LogGroup.fromLogGroupName(stack, 'Spans', 'aws/spans');
const table = new LedgerTable(stack, 'Table');
const all = new BedrockObservability(stack, 'All', {
  costMeter: { ledger: Ledger.perCall({ table }) },
  level: ObservabilityLevel.ADVANCED,
  budgets: [CostBudget.monthly('Month', 1000)],
  alarmRouting: { critical: [pager] },
  alarmActivation: AlarmActivation.after(Duration.days(7)),
  agents: { spanLogGroups: [spans] },
  spanLogGroups: [spans],
  trailLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Trail', 'trail'),
});
new BillReconciliation(stack, 'Bill', { costMeter: all.costMeter });
new UnrecordedUsage(stack, 'Unrecorded', { ledgerTable: table });
new MemberWatch(stack, 'Members', { costMeter: all.costMeter, regions: ['us-east-1'] });

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly Description?: string };
}

const resources = Template.fromStack(stack).toJSON().Resources as Readonly<Record<string, Resource>>;
const idOf = (logicalId: string): string => logicalId.replace(/Resource[0-9A-F]{8}$|[0-9A-F]{8}$/, '');

/** What can fail while nothing is deployed. Rules and schedules are as alive as the function that they invoke is. */
const SOURCES = Object.entries(resources).flatMap(([logicalId, { Type, Properties }]) => {
  switch (Type) {
    case 'AWS::Lambda::Function':
      return [Properties.Description !== undefined && Properties.Description in WATCHED ? Properties.Description : idOf(logicalId)];
    case 'AWS::Events::Rule':
    case 'AWS::Scheduler::Schedule':
      return functionsIn(Properties).map((id) => resources[id]?.Properties.Description ?? id);
    case 'AWS::SQS::Queue':
    case 'AWS::SNS::Topic':
    case 'AWS::KinesisFirehose::DeliveryStream':
    case 'AWS::Logs::SubscriptionFilter':
    case 'AWS::Lambda::EventSourceMapping':
      return [idOf(logicalId)];
    default:
      return [];
  }
});

/** The functions that a rule or a schedule invokes. */
function functionsIn(properties: unknown): string[] {
  const named = [...JSON.stringify(properties).matchAll(/"Fn::GetAtt":\["(\w+)","Arn"\]/g)].map(([, id]) => id!);
  return named.filter((id) => resources[id]?.Type === 'AWS::Lambda::Function');
}

const agentAlarms = AGENT_ROWS.map(({ name }) => name);
/** Alarms that a simulation has seen to fire: those of agents in agents.test.ts. */
const SEEN_TO_FIRE = new Set([...[...INCIDENTS, ...KILLED_SOURCES].flatMap(({ alarm }) => alarm ?? []), ...agentAlarms]);

test('everything that can fail in a whole stack has an alarm, or a reason why it is seen without one', () => {
  const isSeen = (source: string) => source in WATCHED || Object.values(SEEN_OTHERWISE).some((pattern) => pattern.test(source));
  expect(SOURCES.length).toBeGreaterThan(25);
  expect([...new Set(SOURCES)].filter((source) => !isSeen(source))).toEqual([]);
  expect(Object.keys(WATCHED).filter((source) => !SOURCES.includes(source))).toEqual([]);
  expect(Object.values(SEEN_OTHERWISE).filter((pattern) => !SOURCES.some((source) => pattern.test(source)))).toEqual([]);
});

test('each of these alarms is in the stack, and was seen to fire when its source was killed', () => {
  const ids = Object.keys(resources).map((id) => idOf(id));
  for (const alarm of Object.values(WATCHED).flat()) {
    expect([alarm, SEEN_TO_FIRE.has(alarm)]).toEqual([alarm, true]);
    expect([alarm, ids.some((id) => id.endsWith(`Alarms${alarm}`) || id.endsWith(alarm))]).toEqual([alarm, true]);
  }
});
