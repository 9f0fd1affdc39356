import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ALARM_ROWS } from '../../lib/private/alarms/table/rows';
import { Audience, BedrockObservability, type BedrockObservabilityProps, CostBudget, Ledger, ObservabilityLevel } from '../../lib';

const { BASIC, COMPREHENSIVE, ADVANCED } = ObservabilityLevel;
const budgets = [CostBudget.monthly('Team', 100)];

function made(props?: BedrockObservabilityProps) {
  const stack = new Stack(new App(), 'Test');
  const it = new BedrockObservability(stack, 'It', props);
  return { it, template: Template.fromStack(stack) };
}

/** What the functions do, by the first word of their ids. */
const partsWithFunctions = (template: Template) =>
  Object.keys(template.findResources('AWS::Lambda::Function'))
    .map((id) => /^It(AlarmSignals|Prices|CostMeter|UsageDigest)/.exec(id)?.[1] ?? 'Logging')
    .sort();

const LEVELS: [ObservabilityLevel, string[], Audience[]][] = [
  [BASIC, ['CostMeter', 'Logging', 'Prices'], [Audience.FINOPS, Audience.DEVOPS]],
  [
    COMPREHENSIVE,
    ['AlarmSignals', 'AlarmSignals', 'CostMeter', 'Logging', 'Prices'],
    Object.values(Audience).filter((audience) => audience !== Audience.AGENTS),
  ],
  [
    ADVANCED,
    ['AlarmSignals', 'AlarmSignals', 'CostMeter', 'Logging', 'Prices', 'UsageDigest'],
    Object.values(Audience).filter((audience) => audience !== Audience.AGENTS),
  ],
];

test.each(LEVELS)('the level %s has these functions and dashboards', (level, functions, audiences) => {
  const { it, template } = made({ level });
  expect(partsWithFunctions(template)).toEqual(functions);
  expect(it.dashboards.audienceDashboards.map(({ node }) => node.id)).toEqual(audiences);
});

test('each level has what the one before it has', () => {
  const resources = LEVELS.map(([level]) => Object.keys(made({ level }).template.toJSON().Resources as object));
  resources.slice(1).forEach((ids, index) => expect(ids).toEqual(expect.arrayContaining(resources[index]!)));
});

test('the default is basic', () => {
  expect(made().template.toJSON()).toEqual(made({ level: BASIC }).template.toJSON());
});

test('a dashboard of the basic level asks for no metric that its meter does not publish', () => {
  const { it, template } = made();
  expect(it.alarmSignals).toBeUndefined();
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).not.toMatch(/gen_ai\.token\.type|bedrock\.signal/);
  const withTypes = made({ costMeter: { tokenTypes: true } }).template;
  expect(JSON.stringify(withTypes.findResources('AWS::CloudWatch::Dashboard'))).toContain('gen_ai.token.type');
});

test('without all rules there is no signal function, no incident and no maintenance', () => {
  const without = ALARM_ROWS.map(({ name }) => name);
  const { template } = made({ level: COMPREHENSIVE, defaultAlarms: { exclude: without } });
  expect(partsWithFunctions(template)).toEqual(['CostMeter', 'Logging', 'Prices']);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 0);
});

test.each<[string, BedrockObservabilityProps, string]>([
  ['budgets', { budgets }, 'AlarmSignals'],
  ['floors of signals', { alarmSignals: { minimumCalls: 5 } }, 'AlarmSignals'],
  ['a digest', { digest: { hour: 7 } }, 'UsageDigest'],
])('%s that are asked for are there at the basic level, with their alarms', (_, props, part) => {
  const { it, template } = made(props);
  expect(partsWithFunctions(template)).toContain(part);
  const names = it.tieredAlarms.alarms.map(({ node }) => node.id);
  expect(names.includes('SignalsMissing')).toBe(part === 'AlarmSignals');
});

test('budgets have the time zone of the composite, and their alarms are on the dashboards', () => {
  const { it, template } = made({ budgets, timeZone: 'Europe/Berlin' });
  expect(it.alarmSignals?.timeZone).toBe('Europe/Berlin');
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain('BudgetsAlarmsTeamForecast');
});

test('without a ledger no digest is made by itself', () => {
  expect(made({ level: ADVANCED, costMeter: { ledger: Ledger.NONE } }).it.usageDigest).toBeUndefined();
});

test('a threshold of an alarm that the level does not have is refused', () => {
  const defaultAlarms = { thresholds: { DailyCost: 200 } };
  expect(() => made({ defaultAlarms })).toThrow(
    /'defaultAlarms.thresholds' has 'DailyCost', which is no alarm of the level 'basic' \(ErrorRate, .*\): set 'level' to ObservabilityLevel.COMPREHENSIVE/,
  );
  expect(() => made({ level: COMPREHENSIVE, defaultAlarms })).not.toThrow();
  expect(() => made({ budgets, defaultAlarms })).not.toThrow();
});

test('spans, a trail and a roll-up reach the dashboards', () => {
  const stack = new Stack(new App(), 'Test');
  const logGroup = (name: string) => logs.LogGroup.fromLogGroupName(stack, name, name);
  const it = new BedrockObservability(stack, 'It', {
    level: COMPREHENSIVE,
    spanLogGroups: [logGroup('Spans')],
    trailLogGroup: logGroup('Trail'),
    rollUp: [{ region: 'eu-west-1' }, { region: 'us-east-1' }],
  });
  expect(it.dashboards.audienceDashboards.map(({ node }) => node.id)).toContain('Agents');
  const boards = JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  expect(boards).toMatch(/SOURCE 'Trail'.*us-east-1|us-east-1.*SOURCE 'Trail'/);
});

describe('one key', () => {
  test('encrypts everything that is stored', () => {
    const stack = new Stack(new App(), 'Test');
    const encryptionKey = new kms.Key(stack, 'Key');
    new BedrockObservability(stack, 'It', { level: ADVANCED, encryptionKey, removalPolicy: RemovalPolicy.DESTROY });
    const template = Template.fromStack(stack);
    const plain = [
      ['AWS::Logs::LogGroup', 'KmsKeyId'],
      ['AWS::SQS::Queue', 'KmsMasterKeyId'],
      ['AWS::S3::Bucket', 'BucketEncryption'],
    ].flatMap(([type, prop]) =>
      Object.entries(template.findResources(type!))
        .filter(([, { Properties }]) => !JSON.stringify(Properties[prop!] ?? '').includes('"Key'))
        .map(([id]) => id),
    );
    expect(plain).toEqual([]);
    // Whoever reads or writes a bucket may use its key.
    const users = Object.values(template.findResources('AWS::IAM::Policy'))
      .filter(({ Properties }) => JSON.stringify(Properties.PolicyDocument).includes('kms:'))
      .flatMap(({ Properties }) => (Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref.replace(/[0-9A-F]{8}$/, '')));
    expect(users.sort()).toEqual(['ItCostMeterRole', 'ItPricesRole', 'ItUsageDigestRole']);
  });

  test('does not replace a key of a part', () => {
    const stack = new Stack(new App(), 'Test');
    const key = (id: string) => new kms.Key(stack, id);
    new BedrockObservability(stack, 'It', {
      encryptionKey: key('Key'),
      costMeter: { ledger: Ledger.perCall({ encryptionKey: key('Ledger') }), deadLetterEncryptionKey: key('Letters') },
    });
    const text = JSON.stringify(Template.fromStack(stack).findResources('AWS::SQS::Queue'));
    expect(text).toContain('"Letters');
    expect(text).not.toContain('"Key');
  });

  test('does not stand in the way of a log group of your own', () => {
    const stack = new Stack(new App(), 'Test');
    const logGroup = new logs.LogGroup(stack, 'Own');
    const make = () => new BedrockObservability(stack, 'It', { encryptionKey: new kms.Key(stack, 'Key'), invocationLogging: { logGroup } });
    expect(make).not.toThrow();
  });
});
