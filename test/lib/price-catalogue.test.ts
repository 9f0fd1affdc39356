import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import { BedrockObservability, CostMeter, CostMetrics, DefaultAlarmRules, PriceCatalogue, PriceCatalogueProps } from '../../lib';
import { actionsOf, statementsOf } from './statements';

function stackWith(props?: PriceCatalogueProps): { stack: Stack; prices: PriceCatalogue } {
  const stack = new Stack(new App(), 'Test');
  return { stack, prices: new PriceCatalogue(stack, 'Prices', props) };
}

test('keeps every version of the prices in a private bucket that outlives the stack', () => {
  Template.fromStack(stackWith().stack).hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 400 } })] },
    },
  });
});

test('reads the price list once a day, or on the given schedule', () => {
  Template.fromStack(stackWith().stack).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' });
  const hourly = stackWith({ schedule: events.Schedule.cron({ minute: '7' }) });
  Template.fromStack(hourly.stack).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(7 * * * ? *)' });
});

test('reads the price list after each deployment of its stack too, by the same rule and without a custom resource', () => {
  const template = Template.fromStack(stackWith().stack);
  template.resourceCountIs('AWS::Events::Rule', 1);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.hasResourceProperties('AWS::Events::Rule', {
    State: 'ENABLED',
    ScheduleExpression: 'rate(1 day)',
    EventPattern: {
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Stack Status Change'],
      detail: {
        'stack-id': [{ Ref: 'AWS::StackId' }],
        'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
      },
    },
    // A deployment accepts nothing that was refused.
    Targets: [Match.objectLike({ Input: '{}' })],
  });
});

test('the alarms watch what is new in the price list, not what is known to be open', () => {
  const metrics = JSON.stringify(rules.map(({ metric }) => metric));
  expect(metrics).toContain('bedrock.prices.rows.unclassified.new');
  expect(metrics).toContain('bedrock.prices.quarantined.new');
  expect(metrics).not.toMatch(/rows\.unclassified\.tokens|prices\.quarantined"/);
});

test('may write the one object, and nothing else', () => {
  const template = Template.fromStack(stackWith().stack);
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:ListBucket', 's3:PutObject'];
  expect(actionsOf(template, 'PricesRole')).toEqual(actions);
  expect(JSON.stringify(statementsOf(template, 'PricesRole'))).toContain('/catalogue.ndjson');
});

test('a cost meter with prices knows where they are, and may read them', () => {
  const { stack, prices } = stackWith();
  new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), prices });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({ LEDGER: 'perCall', CATALOGUE_BUCKET: Match.anyValue(), CATALOGUE_KEY: 'catalogue.ndjson' }),
    },
  });
});

test('without prices the meter has no bucket', () => {
  const stack = new Stack(new App(), 'Test');
  new BedrockObservability(stack, 'Observability', { refreshPrices: false });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('CATALOGUE_BUCKET');
});

test('prices that are given are not made again', () => {
  const { stack, prices } = stackWith();
  const observability = new BedrockObservability(stack, 'Observability', { costMeter: { prices } });
  expect(observability.prices).toBe(prices);
  Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
});

const PRICE_RULES = ['PricesStale', 'PriceRefreshFailed', 'PriceRowsUnclassified', 'PricesChanged'];
const rules = DefaultAlarmRules.forMetrics(CostMetrics.inNamespace(), { prices: stackWith().prices }).filter(({ name }) =>
  PRICE_RULES.includes(name),
);

test('four rules watch the prices', () => {
  expect(rules.map(({ name }) => name)).toEqual(PRICE_RULES);
});

test('fails for an address that the price list cannot be at', () => {
  expect(() => stackWith({ priceListUrl: 'pricing.example.com' })).toThrow(
    "'priceListUrl' must be an address without a path, like 'https://prices.example.com', got 'pricing.example.com'",
  );
});
