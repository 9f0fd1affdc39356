import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as library from '../../lib';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Test');
});

const role = () => new iam.Role(stack, 'Analyst', { assumedBy: new iam.AccountRootPrincipal() });
const text = () => JSON.stringify(Template.fromStack(stack).toJSON());

const importedMeter = () =>
  library.CostMeter.fromCostMeterAttributes(stack, 'Meter', {
    metricNamespace: 'Team',
    meterFunctionName: 'meter',
    ledgerLogGroupName: '/ledger',
    deadLetterQueueName: 'dead-letters',
  });
const importedPrices = (props: Partial<library.PriceCatalogueAttributes> = {}) =>
  library.PriceCatalogue.fromPriceCatalogueAttributes(stack, 'Prices', {
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'prices'),
    ...props,
  });

test('a meter and prices of another stack have the alarms that their own have', () => {
  const own = new Stack(new App(), 'Own');
  const meter = new library.CostMeter(own, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(own, 'Records', '/records') });
  const names = (costMeter: library.ICostMeter, prices: library.IPriceCatalogue) =>
    library.DefaultAlarmRules.forMetrics(costMeter.metrics, { costMeter, prices }).map(({ name }) => name);
  expect(names(importedMeter(), importedPrices())).toEqual(names(meter, new library.PriceCatalogue(own, 'Prices')));
});

test('a digest sums up the ledger of a meter of another stack', () => {
  new library.UsageDigest(stack, 'Digest', { costMeter: importedMeter() });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ LEDGER_LOG_GROUPS: '/ledger' }) },
  });
  expect(text()).toContain(':function:meter');
});

test('a meter reads the prices that another stack refreshes, and is given their key', () => {
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Encrypted', {
    bucketName: 'prices',
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/abc'),
  });
  new library.CostMeter(stack, 'CostMeter', {
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'),
    prices: importedPrices({ bucket }),
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ CATALOGUE_BUCKET: 'prices', CATALOGUE_KEY: 'catalogue.ndjson' }) },
  });
  const statements = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(statements).toContain(':s3:::prices/catalogue.ndjson');
  expect(statements).toContain('key/abc');
});

test('a digest of a meter without a ledger is refused', () => {
  const costMeter = new library.CostMeter(stack, 'CostMeter', {
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'),
    ledger: library.Ledger.NONE,
  });
  expect(() => new library.UsageDigest(stack, 'Digest', { costMeter })).toThrow("'costMeter' must keep a ledger");
});

describe('grants', () => {
  test('to read the ledger, event by event and with queries', () => {
    importedMeter().grantReadLedger(role());
    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const statements = policy!.Properties.PolicyDocument.Statement as { Action: string[]; Resource: unknown }[];
    expect(statements.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual([
      ['logs:GetQueryResults', 'logs:StopQuery'],
    ]);
    expect(statements.filter(({ Resource }) => Resource !== '*').flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:StartQuery']),
    );
    expect(text()).not.toContain('"logs:*"');
  });

  test('to read the prices: the one object', () => {
    new library.PriceCatalogue(stack, 'Own').grantRead(role());
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 's3:GetObject' }), Match.objectLike({ Action: 's3:ListBucket' })] },
      PolicyName: Match.stringLikeRegexp('^Analyst'),
    });
  });

  test('to publish to a topic, with its key', () => {
    new library.AlarmTopic(stack, 'Topic').grantPublish(role());
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'sns:Publish' }),
          Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey*']) }),
        ]),
      },
    });
  });
});

describe('a topic of your own', () => {
  const signals = () => new library.AlarmSignals(stack, 'Signals', { costMetrics: library.CostMetrics.inNamespace() });
  const budgetsFor = (awsBudgetsTopic: sns.ITopic) =>
    new library.CostBudgets(stack, 'Budgets', { budgets: [library.CostBudget.monthly('Team', 100)], signals: signals(), awsBudgetsTopic });

  test('is let tell of the bill: its policy and its key allow AWS Budgets', () => {
    budgetsFor(new sns.Topic(stack, 'Own', { masterKey: new kms.Key(stack, 'Key') }));
    const template = Template.fromStack(stack);
    for (const type of ['AWS::SNS::TopicPolicy', 'AWS::KMS::Key']) {
      expect(JSON.stringify(template.findResources(type))).toContain('budgets.amazonaws.com');
    }
  });

  test('that is imported is used with a warning', () => {
    budgetsFor(sns.Topic.fromTopicArn(stack, 'Imported', stack.formatArn({ service: 'sns', resource: 'bill' })));
    const warnings = stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning'));
    expect(JSON.stringify(warnings)).toContain('Topic.imported');
  });

  test('gets the digest, and the function may use its key', () => {
    const topic = new sns.Topic(stack, 'Own', { masterKey: new kms.Key(stack, 'Key') });
    new library.UsageDigest(stack, 'Digest', { costMeter: importedMeter(), topics: [topic] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]) },
    });
  });
});

test('an AlarmTopic takes an imported key, with a warning', () => {
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/abc');
  new library.AlarmTopic(stack, 'Topic', { encryptionKey });
  const warnings = stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning'));
  expect(JSON.stringify(warnings)).toContain('Topic.importedKey');
});

test('resources of the lowest level are taken where only their name is needed', () => {
  const records = new logs.CfnLogGroup(stack, 'Records');
  const meter = new library.CostMeter(stack, 'CostMeter', { logGroup: records });
  new library.Dashboards(stack, 'Boards', {
    sources: { costMetrics: meter.metrics, ledgerLogGroup: meter.ledgerLogGroup, invocationLogGroup: records },
  });
  expect(text()).toContain('{"Ref":"Records"}');
  const infrequent = new logs.CfnLogGroup(stack, 'Infrequent', { logGroupClass: 'INFREQUENT_ACCESS' });
  expect(() => new library.CostMeter(stack, 'Second', { logGroup: infrequent })).toThrow("'logGroup' must be of the class STANDARD");
});

test('a key of the lowest level is taken where it encrypts log groups only, and lets CloudWatch Logs use it', () => {
  const encryptionKey = new kms.CfnKey(stack, 'Key', { keyPolicy: { Version: '2012-10-17', Statement: [] } });
  new library.UnrecordedUsage(stack, 'Unrecorded', { encryptionKey });
  new library.TransactionSearch(stack, 'Search', {
    encryptionKey,
    applicationSignals: false,
    functions: { logEncryptionKey: encryptionKey },
  });
  const template = Template.fromStack(stack);
  const encrypted = Object.values(
    template.findResources('AWS::Logs::LogGroup', { Properties: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } }),
  );
  expect(encrypted).toHaveLength(2);
  template.hasResourceProperties('Custom::TransactionSearch', { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'AllowCloudWatchLogs' })]) },
  });
});
