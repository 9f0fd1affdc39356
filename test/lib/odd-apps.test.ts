import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { App, Aspects, Aws, CfnParameter, Fn, NestedStack, PermissionsBoundary, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { type IConstruct } from 'constructs';
import * as library from '../../lib';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const ADVANCED = { level: library.ObservabilityLevel.ADVANCED, agents: {} };
const { ADOPT } = library.ExistingConfiguration;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'odd-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function template(resources: object): string {
  const file = join(folder, 'existing.json');
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
}

const functionIn = (stack: Stack) =>
  new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: lambda.Code.fromInline('x') });

class TeamObservability extends library.BedrockObservability {}

const SHAPES: Record<string, (app: App) => unknown> = {
  'an existing template that is included': (app) => {
    const stack = new Stack(app, 'Included', { env: ENV });
    const include = new CfnInclude(stack, 'Template', {
      templateFile: template({
        Records: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
        Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Version: '2012-10-17', Statement: [] } } },
        Topic: { Type: 'AWS::SNS::Topic' },
        Delivery: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } },
      }),
    });
    const records = include.getResource('Records') as logs.CfnLogGroup;
    const key = kms.Key.fromCfnKey(include.getResource('Key') as kms.CfnKey);
    const topic = sns.Topic.fromTopicArn(stack, 'Pager', include.getResource('Topic').ref);
    const role = include.getResource('Delivery') as iam.CfnRole;
    new library.InvocationLogging(stack, 'Logging', {
      logGroup: logs.LogGroup.fromLogGroupName(stack, 'Own', records.ref),
      deliveryRole: iam.Role.fromRoleArn(stack, 'Role', role.attrArn),
    });
    const meter = new library.CostMeter(stack, 'Meter', { logGroup: records, encryptionKey: key, deadLetterEncryptionKey: key });
    new library.UsageDigest(stack, 'Digest', { costMeter: meter, topics: [topic], encryptionKey: key });
  },
  'everything encrypted with a key of another stack': (app) => {
    const key = new kms.Key(new Stack(app, 'Keys', { env: ENV }), 'Key');
    const topic = new library.AlarmTopic(new Stack(app, 'Topics', { env: ENV }), 'Topic', { encryptionKey: key });
    const bucket = new s3.Bucket(new Stack(app, 'Buckets', { env: ENV }), 'Archive', { encryptionKey: key });
    new library.BedrockObservability(new Stack(app, 'Observability', { env: ENV }), 'It', {
      ...ADVANCED,
      encryptionKey: key,
      alarmRouting: { critical: [topic] },
      digest: { topics: [topic.topic] },
      invocationLogging: { archive: library.DeliveryBucket.fromBucket(bucket) },
      budgets: [library.CostBudget.monthly('All', 100)],
    });
  },
  'everything encrypted with a key that trusts only those whom its policy names': (app) => {
    const stack = new Stack(app, 'Named', { env: ENV });
    const keyPolicy = { Version: '2012-10-17', Statement: [] };
    const key = kms.Key.fromCfnKey(new kms.CfnKey(stack, 'Key', { keyPolicy }));
    const { invocationLogging } = new library.BedrockObservability(stack, 'It', {
      ...ADVANCED,
      encryptionKey: key,
      functions: { logEncryptionKey: key },
      digest: { encryptionKey: key },
      budgets: [library.CostBudget.monthly('All', 100)],
    });
    key.grantEncrypt(invocationLogging!.deliveryRole!);
  },
  'a VPC and security groups of another stack': (app) => {
    const network = new Stack(app, 'Network', { env: ENV });
    const vpc = new ec2.Vpc(network, 'Vpc');
    const group = new ec2.SecurityGroup(network, 'Group', { vpc });
    new library.BedrockObservability(new Stack(app, 'Observability', { env: ENV }), 'It', {
      ...ADVANCED,
      functions: { vpc, securityGroups: [group], reservedConcurrentExecutions: 1 },
    });
  },
  'a permissions boundary over a stage': (app) => {
    const stage = new Stage(app, 'Prod', { env: ENV, permissionsBoundary: PermissionsBoundary.fromName('platform') });
    new library.BedrockObservability(new Stack(stage, 'Bounded'), 'It', ADVANCED);
  },
  'another qualifier, and the credentials of the command line': (app) => {
    new library.BedrockObservability(
      new Stack(app, 'Qualified', { synthesizer: new cdk.DefaultStackSynthesizer({ qualifier: 'team42' }) }),
      'It',
    );
    new library.BedrockObservability(new Stack(app, 'Cli', { synthesizer: new cdk.CliCredentialsStackSynthesizer() }), 'It');
  },
  'no bootstrap at all, for a member of an organization': (app) =>
    new library.MemberLogging(new Stack(app, 'Member', { synthesizer: new cdk.BootstraplessSynthesizer() }), 'It', {
      destinationAccount: '111122223333',
    }),
  'a nested stack in a nested stack in a stage, with the parts apart': (app) => {
    const parent = new Stack(new Stage(app, 'Prod', { env: ENV }), 'Parent');
    const outer = new NestedStack(parent, 'Outer');
    const inner = new NestedStack(outer, 'Inner');
    const { logGroup } = new library.InvocationLogging(parent, 'Logging');
    const meter = new library.CostMeter(inner, 'Meter', { logGroup });
    new library.TieredAlarms(outer, 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(meter.metrics, { costMeter: meter }) });
    new library.Dashboards(parent, 'Boards', { sources: { costMetrics: meter.metrics, ledgerLogGroup: meter.ledgerLogGroup } });
  },
  'only the Region known, or only the account': (app) => {
    new library.BedrockObservability(new Stack(app, 'RegionOnly', { env: { region: 'eu-west-1' } }), 'It', ADVANCED);
    new library.BedrockObservability(new Stack(app, 'AccountOnly', { env: { account: ENV.account } }), 'It', ADVANCED);
    new library.BedrockObservability(new Stack(app, 'Tokens', { env: { account: Aws.ACCOUNT_ID, region: Aws.REGION } }), 'It', ADVANCED);
  },
  'ids that vanish from logical ids': (app) => {
    const stack = new Stack(app, 'Hidden');
    new library.BedrockObservability(stack, 'Default', ADVANCED);
    new library.BedrockObservability(new Stack(app, 'Resources'), 'Resource', ADVANCED);
  },
  'a second and a third in the same stack, for teams that share the setting': (app) => {
    const stack = new Stack(app, 'Shared', { env: ENV });
    new library.BedrockObservability(stack, 'Platform');
    ['A', 'B'].forEach(
      (team) =>
        new library.BedrockObservability(stack, `Team${team}`, {
          invocationLogging: { onExisting: ADOPT },
          costMeter: { metricNamespace: `Team${team}/Bedrock` },
        }),
    );
  },
  'a subclass': (app) => new TeamObservability(new Stack(app, 'Subclass', { env: ENV }), 'It', ADVANCED),
  'logical ids that are overridden afterwards': (app) => {
    const stack = new Stack(app, 'Overridden', { env: ENV });
    const made = new library.BedrockObservability(stack, 'It', ADVANCED);
    made.node
      .findAll()
      .filter((each): each is cdk.CfnResource => cdk.CfnResource.isCfnResource(each))
      .forEach((each, index) => each.overrideLogicalId(`Legacy${index}`));
  },
  'Aspects that put every function into a VPC, name every role, keep every log for a year and encrypt every queue': (app) => {
    const stack = new Stack(app, 'Governed', { env: ENV });
    new library.BedrockObservability(stack, 'It', ADVANCED);
    Aspects.of(app).add({
      visit: (node: IConstruct) => {
        if (node instanceof lambda.CfnFunction) node.vpcConfig = { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
        if (node instanceof iam.CfnRole) node.path = '/platform/';
        if (node instanceof logs.CfnLogGroup) node.retentionInDays = 365;
        if (node instanceof cdk.aws_sqs.CfnQueue) node.sqsManagedSseEnabled = true;
      },
    });
  },
  'names from parameters and exports': (app) => {
    const stack = new Stack(app, 'Parameters');
    const name = new CfnParameter(stack, 'Name').valueAsString;
    new library.BedrockObservability(stack, 'It', {
      ...ADVANCED,
      invocationLogging: { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', name) },
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', Fn.importValue('KeyArn')),
      trailLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Trail', Fn.importValue('Trail')),
      alarmRouting: { critical: [new actions.SnsAction(sns.Topic.fromTopicArn(stack, 'Pager', Fn.importValue('Pager')))] },
      spanLogGroups: [logs.LogGroup.fromLogGroupArn(stack, 'Spans', `${Fn.importValue('Spans')}:*`)],
    });
  },
  'look-ups that have not been made yet': (app) => {
    const stack = new Stack(app, 'LookUps', { env: ENV });
    new library.BedrockObservability(stack, 'It', {
      functions: { vpc: ec2.Vpc.fromLookup(stack, 'Vpc', { tags: { team: 'platform' } }) },
      encryptionKey: kms.Key.fromLookup(stack, 'Key', { aliasName: 'alias/logs' }) as kms.IKey,
      alarmRouting: { critical: [new library.AlarmTopic(stack, 'Topic')] },
    });
  },
  'a function as the action of two tiers, and an incident beside it': () => {
    const app = new App({ context: { '@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction': true } });
    const stack = new Stack(app, 'Actions', { env: ENV });
    const action = new actions.LambdaAction(functionIn(stack));
    new library.BedrockObservability(stack, 'It', {
      ...ADVANCED,
      alarmRouting: { critical: [action, new actions.SsmIncidentAction('responseplan')], warning: [action], finOps: [action] },
      budgets: [library.CostBudget.monthly('All', 100, { lastStepTier: library.AlarmTier.CRITICAL })],
    });
    return app;
  },
  'cross-region references, with the dashboards in another Region': (app) => {
    const here = new Stack(app, 'Here', { env: ENV, crossRegionReferences: true });
    const meter = new library.BedrockObservability(here, 'It').costMeter;
    const there = new Stack(app, 'There', { env: { ...ENV, region: 'us-east-1' }, crossRegionReferences: true });
    new library.AudienceDashboard(there, 'Board', {
      audience: library.Audience.FINOPS,
      sources: { costMetrics: meter.metrics, rollUp: [{ region: ENV.region }] },
    });
  },
  'one stack name in two Regions': (app) =>
    ['eu-central-1', 'us-east-1'].forEach(
      (region) =>
        new library.BedrockObservability(
          new Stack(app, `Bedrock-${region}`, { stackName: 'bedrock', env: { ...ENV, region } }),
          'It',
          ADVANCED,
        ),
    ),
  'stages of one account in two Regions, with one stack name': (app) =>
    ['eu-central-1', 'us-east-1'].forEach((region) => {
      const stage = new Stage(app, region, { env: { ...ENV, region }, stageName: 'prod' });
      new library.BedrockObservability(new Stack(stage, 'Bedrock'), 'It');
    }),
  'a VPC without a way out': (app) => {
    const stack = new Stack(app, 'Isolated', { env: ENV });
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    new library.BedrockObservability(stack, 'It', { ...ADVANCED, functions: { vpc } });
  },
  'staging of assets switched off': () => {
    const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
    new library.BedrockObservability(new Stack(app, 'Unstaged'), 'It', ADVANCED);
    return app;
  },
};

const stacksOf = (app: App) => app.node.findAll().filter((node): node is Stack => node instanceof Stack);

test.each(Object.entries(SHAPES))('works: %s', (_, make) => {
  const given = new App();
  const made = make(given);
  const app = made instanceof App ? made : given;
  app.synth();
  const texts = stacksOf(app).map((stack) => JSON.stringify(Template.fromStack(stack).toJSON()));
  expect(texts.filter((text) => /\$\{Token\[|#\{Token\[|-\d\.\d+e\+2\d\d/.test(text))).toEqual([]);
});
