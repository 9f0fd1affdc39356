import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as library from '../../lib';

const SETTING = 'Custom::BedrockModelInvocationLogging';
const HERE = { account: '111122223333', region: 'eu-central-1' };
const costMetrics = library.CostMetrics.inNamespace();

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Here', { env: HERE });
});

const ARN = 'arn:aws:logs:us-east-1:111122223333:log-group:far';
const farGroup = () => logs.LogGroup.fromLogGroupArn(stack, 'Far', ARN);
const farKey = () => kms.Key.fromKeyArn(stack, 'FarKey', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
const farSecret = () =>
  secretsmanager.Secret.fromSecretCompleteArn(stack, 'FarSecret', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:salt-AbCdEf');
const far = () => new Stack(app, 'There', { env: { ...HERE, region: 'us-east-1' } });
const nearGroup = (scope: Stack = stack) => logs.LogGroup.fromLogGroupName(scope, 'Near', '/near');
const sources = (group: logs.ILogGroup) => ({ costMetrics, ledgerLogGroup: group });

/** Every prop that takes a resource which works in its own Region only. */
const FAR: [string, () => unknown][] = [
  ['logGroup', () => new library.CostMeter(stack, 'It', { logGroup: farGroup() })],
  ['logGroup', () => new library.InvocationLogging(stack, 'It', { logGroup: farGroup() })],
  ['encryptionKey', () => new library.InvocationLogging(stack, 'It', { encryptionKey: farKey() })],
  ['encryptionKey', () => new library.AlarmTopic(stack, 'It', { encryptionKey: farKey() as kms.Key })],
  [
    'ledger.encryptionKey',
    () => new library.CostMeter(stack, 'It', { logGroup: nearGroup(), ledger: library.Ledger.perCall({ encryptionKey: farKey() }) }),
  ],
  [
    'ledger.promptHashSecret',
    () => new library.CostMeter(stack, 'It', { logGroup: nearGroup(), ledger: library.Ledger.perCall({ promptHashSecret: farSecret() }) }),
  ],
  ['ledgerLogGroup', () => new library.AlarmSignals(stack, 'It', { costMetrics, ledgerLogGroup: farGroup() })],
  ['spanLogGroups', () => new library.AlarmSignals(stack, 'It', { costMetrics, spanLogGroups: [farGroup()] })],
  ['usageLogGroups', () => new library.AgentMeter(stack, 'It', { usageLogGroups: [farGroup()] })],
  ['sources.ledgerLogGroup', () => new library.SavedQueries(stack, 'It', { sources: sources(farGroup()) })],
  ['sources.ledgerLogGroup', () => new library.Dashboards(stack, 'It', { sources: sources(farGroup()) })],
  [
    'sources.ledgerTable',
    () => new library.Dashboards(stack, 'It', { sources: { costMetrics, ledgerTable: new library.LedgerTable(far(), 'Table') } }),
  ],
  [
    'prices',
    () => {
      const prices = new library.PriceCatalogue(far(), 'Prices');
      return new library.CostMeter(stack, 'It', { logGroup: nearGroup(), prices });
    },
  ],
  [
    'costMeter',
    () => {
      const there = far();
      return new library.UsageDigest(stack, 'It', { costMeter: new library.CostMeter(there, 'Meter', { logGroup: nearGroup(there) }) });
    },
  ],
  [
    'bucket',
    () => {
      const costMeter = new library.CostMeter(stack, 'Meter', { logGroup: nearGroup() });
      return new library.UsageDigest(stack, 'It', { costMeter, bucket: new s3.Bucket(far(), 'Digests') });
    },
  ],
  [
    'signals',
    () => {
      const signals = new library.AlarmSignals(far(), 'Signals', { costMetrics });
      return new library.CostBudgets(stack, 'It', { budgets: [library.CostBudget.monthly('Team', 100)], signals });
    },
  ],
  [
    'maintenanceAlarm',
    () => {
      const metric = new cloudwatch.Metric({ namespace: 'Own', metricName: 'deploying' });
      const maintenanceAlarm = new cloudwatch.Alarm(far(), 'Deploying', { metric, threshold: 1, evaluationPeriods: 1 });
      return new library.TieredAlarms(stack, 'It', { rules: library.DefaultAlarmRules.forMetrics(costMetrics), maintenanceAlarm });
    },
  ],
  [
    'functions.securityGroups',
    () => {
      const there = new ec2.Vpc(far(), 'Vpc');
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
      const securityGroups = [new ec2.SecurityGroup(there.stack, 'Group', { vpc: there })];
      return new library.PriceCatalogue(stack, 'It', { functions: { vpc, securityGroups } });
    },
  ],
];

test.each(FAR)("a resource of another Region is refused as '%s'", (prop, make) => {
  expect(make).toThrow(`'${prop}' must be in the region of the stack, which is eu-central-1, got us-east-1: use one that is there`);
});

test('a role of another account is refused, one of another Region is not', () => {
  const role = (account: string) => iam.Role.fromRoleArn(stack, `Role${account}`, `arn:aws:iam::${account}:role/delivery`);
  expect(() => new library.InvocationLogging(stack, 'It', { deliveryRole: role('999999999999') })).toThrow(
    "'deliveryRole' must be in the account of the stack, which is 111122223333, got 999999999999",
  );
  new library.InvocationLogging(far(), 'Logging', { deliveryRole: role('111122223333') });
});

test('a log group from whose class nobody can subscribe is refused by the meter', () => {
  const logGroup = new logs.LogGroup(stack, 'Records', { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });
  expect(() => new library.CostMeter(stack, 'It', { logGroup })).toThrow(
    "'logGroup' must be of the class STANDARD, from which the cost meter can subscribe, got 'Here/Records' of the class INFREQUENT_ACCESS",
  );
});

describe('a delivery role', () => {
  test('of another stack gets its policy in this one, without a cycle', () => {
    const shared = new Stack(app, 'Shared', { env: HERE });
    const deliveryRole = new iam.Role(shared, 'Delivery', { assumedBy: new iam.ServicePrincipal('bedrock.amazonaws.com') });
    new library.InvocationLogging(stack, 'Logging', { deliveryRole });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] })] },
      Roles: [{ 'Fn::ImportValue': Match.anyValue() }],
    });
    template.hasResource(SETTING, { DependsOn: [Match.stringLikeRegexp('^LoggingDeliveryPolicy')] });
    Template.fromStack(shared).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test.each<[string, (made: Stack) => iam.IRole]>([
    ['imported', (made) => iam.Role.fromRoleArn(made, 'Role', 'arn:aws:iam::111122223333:role/delivery', { mutable: false })],
    [
      'without policy updates',
      (made) => new iam.Role(made, 'Role', { assumedBy: new iam.ServicePrincipal('bedrock.amazonaws.com') }).withoutPolicyUpdates(),
    ],
  ])('that cannot be changed, %s, is left alone with a warning', (_, role) => {
    new library.InvocationLogging(stack, 'Logging', { deliveryRole: role(stack) });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp("policies of the given 'deliveryRole' are not changed"));
  });
});

describe('a second InvocationLogging', () => {
  const refused = "and 'Here/Logging' makes it already: use its 'logGroup', or set 'onExisting' of this one to ExistingConfiguration.ADOPT";
  const { ADOPT } = library.ExistingConfiguration;

  test.each<[string, () => Stack]>([
    ['another stack of the environment', () => new Stack(app, 'Second', { env: HERE })],
    ['a nested stack', () => new NestedStack(stack, 'Nested')],
    ['a stage', () => new Stack(new Stage(app, 'Stage', { env: HERE }), 'Second')],
  ])('in %s is refused, unless it adopts', (_, second) => {
    new library.InvocationLogging(stack, 'Logging');
    const scope = second();
    expect(() => new library.InvocationLogging(scope, 'Second')).toThrow(refused);
    new library.InvocationLogging(scope, 'Third', { onExisting: ADOPT });
    expect(() => app.synth()).not.toThrow();
  });

  test.each([
    ['another Region', { ...HERE, region: 'us-east-1' }],
    ['another account', { ...HERE, account: '999999999999' }],
    ['an environment that is not known', {}],
  ])('in %s is accepted', (_, env) => {
    new library.InvocationLogging(stack, 'Logging');
    new library.InvocationLogging(new Stack(app, 'Second', { env }), 'Logging');
    expect(() => app.synth()).not.toThrow();
  });

  test('of the same stack that adopts uses the log group of the first, and asks nothing of the account', () => {
    const first = new library.InvocationLogging(stack, 'Logging');
    const second = new library.InvocationLogging(stack, 'Second', { onExisting: ADOPT });
    expect(second.logGroup).toBe(first.logGroup);
    expect([second.content, second.configurationRole]).toEqual([first.content, first.configurationRole]);
    Template.fromStack(stack).resourceCountIs(SETTING, 1);
  });

  test('cannot make in a stack what the first one adopts', () => {
    new library.InvocationLogging(stack, 'Logging', { onExisting: ADOPT });
    expect(() => new library.InvocationLogging(stack, 'Second')).toThrow(
      "'Here/Logging' adopts the configuration that this one makes: construct this one first",
    );
  });
});

describe('a second meter over the same records', () => {
  test('is refused in the same namespace, because each call would count twice', () => {
    const logGroup = new logs.LogGroup(stack, 'Records');
    new library.CostMeter(stack, 'Meter', { logGroup });
    const second = new Stack(app, 'Second', { env: HERE });
    expect(() => new library.CostMeter(second, 'Meter', { logGroup })).toThrow(
      "'logGroup' is metered by 'Here/Meter' already, in the same namespace 'BedrockObservability', so that each call would count twice: " +
        "use that meter, or set another 'metricNamespace'",
    );
    new library.CostMeter(stack, 'Other', { logGroup, metricNamespace: 'Other' });
  });

  test('is accepted in an environment that may be another one', () => {
    new library.CostMeter(stack, 'Meter', { logGroup: nearGroup() });
    const elsewhere = new Stack(app, 'Elsewhere');
    new library.CostMeter(elsewhere, 'Meter', { logGroup: nearGroup(elsewhere) });
  });
});

test('more subscriptions than a log group takes are a warning, also if they are added later', () => {
  const logGroup = new logs.LogGroup(stack, 'Records');
  new library.CostMeter(stack, 'Meter', { logGroup });
  const handler = new lambda.Function(stack, 'Own', {
    code: lambda.Code.fromInline('x'),
    handler: 'i.h',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
  const subscribe = (id: string) =>
    new logs.SubscriptionFilter(stack, id, {
      logGroup,
      destination: new destinations.LambdaDestination(handler, { addPermissions: false }),
      filterPattern: logs.FilterPattern.allEvents(),
    });
  subscribe('First');
  subscribe('Second');
  Annotations.fromStack(stack).hasWarning('/Here/Meter', Match.stringLikeRegexp('a log group takes 2 subscriptions.*this one gets 3'));
});

test('two sets of budgets have no name in common on one AlarmSignals, because it is a dimension of one metric', () => {
  const signals = new library.AlarmSignals(stack, 'Signals', { costMetrics });
  const budgets = [library.CostBudget.monthly('Team', 100)];
  new library.CostBudgets(stack, 'One', { budgets, signals });
  expect(() => new library.CostBudgets(stack, 'Two', { budgets, signals })).toThrow(
    "'budgets' must have names that are unique among all budgets of 'Here/Signals'",
  );
});

test('no warning shows a token', () => {
  const agnostic = new Stack(app, 'Agnostic');
  const encryptionKey = kms.Key.fromKeyArn(
    agnostic,
    'Key',
    'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  );
  new library.InvocationLogging(agnostic, 'Logging', { encryptionKey, archive: library.DeliveryBucket.create() });
  const warnings = Annotations.fromStack(agnostic).findWarning('*', Match.anyValue());
  expect(warnings.length).toBeGreaterThan(0);
  expect(JSON.stringify(warnings)).not.toMatch(/Token\[/);
});
