import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CentralStack } from '../../examples/organization/central-stack';
import { DestinationStack } from '../../examples/organization/destination-stack';
import { MemberStack } from '../../examples/organization/member-stack';
import { MemberMetrics } from '../../engine/telemetry/names';
import { runningCost, templateOf, USD } from '../running-cost';
import { tableBelow } from './generated';

const PAGE = 'docs/cost.md';
const MODELS = 12;
const ACCOUNTS = 50;
const REGIONS = ['eu-central-1', 'us-east-1', 'ap-northeast-1'];
/** List price of us-east-1 of a stream on demand, a month of 730 hours. Source: Amazon Kinesis Data Streams pricing page. */
const STREAM_USD = 0.04 * 730;

/** What GetMetricData costs for each metric. Source: Amazon CloudWatch pricing page. */
const READ_METRIC_USD = 0.00001;
const WATCH_METRICS = Object.keys(MemberMetrics).length;

const env = { account: '999999999999', region: 'eu-central-1' };
const central = Template.fromStack(
  new CentralStack(new App(), 'Central', { env, streamName: 'r', members: REGIONS.map((region) => ({ account: '111111111111', region })) }),
).toJSON();
const destination = Template.fromStack(
  new DestinationStack(new App(), 'Destination', { env, organizationId: 'o-a1b2c3d4e5', home: env.region, streamName: 'r' }),
).toJSON();
const member = Template.fromStack(
  new MemberStack(new App(), 'Member', { central: env.account, sinkArns: { 'us-east-1': 'arn:aws:oam:us-east-1:999999999999:sink/1' } }),
).toJSON();

/** Types of resources that have a price without being used, which none but the central stack may have. */
const HAVE_A_PRICE = /^AWS::(CloudWatch|Kinesis|KMS|EC2|SecretsManager)::/;
const typesOf = (template: object) =>
  Object.values((template as { Resources: Record<string, { Type: string }> }).Resources).map(({ Type }) => Type);

const { usd, counts, meterMetrics } = runningCost(central, MODELS);
const values = ACCOUNTS + REGIONS.length;
const rows: Array<[what: string, arithmetic: string, usd: number]> = [
  ['members, and destinations and sinks', `${ACCOUNTS} × ${REGIONS.length} stacks without an alarm, a metric, a dashboard or a key`, 0],
  ['the stream, on demand', '0.04 an hour', STREAM_USD],
  ['metrics of the meter', `${meterMetrics} × ${USD.metric.toFixed(2)}`, usd.meter],
  ['cost by account and Region', `${ACCOUNTS} + ${REGIONS.length} = ${values} × ${USD.metric.toFixed(2)}`, values * USD.metric],
  [
    'alarms',
    `${counts.alarmMetrics} metrics × ${USD.alarmMetric.toFixed(2)}, ${counts.composites} composites × ${USD.composite.toFixed(2)}`,
    usd.alarms + usd.composites,
  ],
  [
    'watch of the members',
    `${WATCH_METRICS} × ${USD.metric.toFixed(2)}, ${ACCOUNTS * REGIONS.length} metrics × 730 h × ${READ_METRIC_USD}`,
    WATCH_METRICS * USD.metric + ACCOUNTS * REGIONS.length * 730 * READ_METRIC_USD,
  ],
  ['dashboards', `${counts.dashboards} × ${USD.dashboard.toFixed(2)}`, usd.dashboards],
  ['metrics of the price refresh', 'as above', usd.prices],
];
const total = rows.reduce((sum, row) => sum + row[2], 0);
const everywhere = ACCOUNTS * REGIONS.length * runningCost(templateOf(), MODELS).total;

test('members and destinations hold nothing that has a price by itself', () => {
  expect([...typesOf(member), ...typesOf(destination)].filter((type) => HAVE_A_PRICE.test(type))).toEqual([]);
});

test('150 account-Regions cost tens of dollars, and docs/cost.md says how many; UPDATE_DOCS=1 writes it', () => {
  expect(total).toBeLessThan(100);
  const table = [
    '| what | arithmetic | USD a month |',
    '| --- | --- | ---: |',
    ...rows.map(([what, arithmetic, value]) => `| ${what} | ${arithmetic} | ${value.toFixed(2)} |`),
    `| **together** | | **${total.toFixed(2)}** |`,
    `| one default stack in each instead | ${ACCOUNTS * REGIONS.length} × ${(everywhere / ACCOUNTS / REGIONS.length).toFixed(2)} | ${everywhere.toFixed(2)} |`,
  ].join('\n');
  expect(tableBelow(PAGE, 'organization', table)).toBe(table);
});
