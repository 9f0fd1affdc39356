import { App, Aspects, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as library from '../../lib';

const INTERFACES = Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']) });

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Test');
});

interface Resource {
  readonly Properties: Record<string, unknown> & {
    Role: { 'Fn::GetAtt': [string, string] };
    PolicyDocument: unknown;
    Roles: { Ref: string }[];
  };
}

/** Every part that has functions: logging, prices, meter, two for the signals, one that activates alarms, and the digest. */
function everything(functions?: library.FunctionOptions): void {
  new library.BedrockObservability(stack, 'It', {
    level: library.ObservabilityLevel.ADVANCED,
    functions,
    alarmActivation: library.AlarmActivation.after(),
  });
}

const functionsOf = (template: Template) => Object.values(template.findResources('AWS::Lambda::Function')) as Resource[];

/** The logical ids of the roles that may make network interfaces. */
function rolesWithInterfaces(template: Template): string[] {
  const policies = template.findResources('AWS::IAM::Policy', {
    Properties: { PolicyDocument: { Statement: Match.arrayWith([INTERFACES]) } },
  });
  return (Object.values(policies) as Resource[]).flatMap(({ Properties }) => Properties.Roles.map(({ Ref }) => Ref));
}

const rolesOfFunctions = (template: Template) => functionsOf(template).map(({ Properties }) => Properties.Role['Fn::GetAtt'][0]);

test('all functions are alike: the same runtime and architecture, a log group of their own with a retention, and a role', () => {
  everything();
  const template = Template.fromStack(stack);
  const functions = functionsOf(template);
  expect(functions).toHaveLength(7);
  for (const { Properties } of functions) {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      MemorySize: expect.any(Number),
      Timeout: expect.any(Number),
    });
  }
  expect(new Set(rolesOfFunctions(template)).size).toBe(7);
  expect(rolesWithInterfaces(template)).toEqual([]);
});

test('one prop brings all functions into a VPC, with the permissions that Lambda needs there', () => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc })];
  everything({ vpc, securityGroups, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, reservedConcurrentExecutions: 2 });
  const template = Template.fromStack(stack);
  for (const { Properties } of functionsOf(template)) {
    expect(Properties).toMatchObject({
      ReservedConcurrentExecutions: 2,
      VpcConfig: {
        SubnetIds: [expect.anything(), expect.anything()],
        SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching('^Group'), 'GroupId'] }],
      },
    });
  }
  expect(rolesWithInterfaces(template).sort()).toEqual(rolesOfFunctions(template).sort());
});

test.each([true, false])('so does an Aspect that sets the VPC, with aspectStabilization %p', (stabilization) => {
  const app = new App({ context: { '@aws-cdk/core:aspectStabilization': stabilization } });
  stack = new Stack(app, 'Test');
  everything();
  Aspects.of(app).add({
    visit: (node) => {
      if (node instanceof lambda.CfnFunction) {
        node.vpcConfig = { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
      }
    },
  });
  const template = Template.fromStack(stack);
  expect(rolesWithInterfaces(template).sort()).toEqual(rolesOfFunctions(template).sort());
});

test('one key encrypts the log groups of all functions but the ledger', () => {
  const logEncryptionKey = new kms.Key(stack, 'Key');
  everything({ logEncryptionKey });
  const groups = Object.entries(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'));
  const plain = groups.filter(([, { Properties }]) => Properties.KmsKeyId === undefined).map(([id]) => id);
  expect(plain).toEqual([expect.stringMatching('InvocationLogging'), expect.stringMatching('Ledger')]);
});

test('an adopted configuration is read by a function in the VPC, too', () => {
  const functions = { vpc: new ec2.Vpc(stack, 'Vpc') };
  new library.BedrockObservability(stack, 'It', { invocationLogging: { onExisting: library.ExistingConfiguration.ADOPT }, functions });
  expect(functionsOf(Template.fromStack(stack)).filter(({ Properties }) => Properties.VpcConfig === undefined)).toEqual([]);
});

test('a permissions boundary reaches every role', () => {
  const boundary = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary');
  iam.PermissionsBoundary.of(stack).apply(boundary);
  everything();
  const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(roles.filter(({ Properties }) => Properties.PermissionsBoundary === undefined)).toEqual([]);
});

describe('the environment of a function', () => {
  const caller = (index: number) =>
    `arn:aws:sts::111122223333:assumed-role/application-${index}-role-with-a-long-name/session-${index}-in-eu`;
  const budgets = (count: number) =>
    Array.from({ length: count }, (_, index) => library.CostBudget.daily(`Team${index}`, 100, { caller: caller(index) }));

  function withBudgets(count: number): void {
    const signals = new library.AlarmSignals(stack, 'Signals', { costMetrics: library.CostMetrics.inNamespace() });
    new library.CostBudgets(stack, 'Budgets', { budgets: budgets(count), signals });
  }

  test('that is longer than Lambda allows is refused with the prop, also if the list grows after the function was made', () => {
    withBudgets(40);
    expect(() => Template.fromStack(stack)).toThrow(
      /\[Test\/Signals\/Function\] the environment of a function must have at most 4096 bytes, as Lambda allows, got \d+, of which BUDGETS has \d+: shorten 'budgets'/,
    );
  });

  test('that fits is accepted', () => {
    withBudgets(15);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('of the meter counts its lists', () => {
    const requestMetadataKeys = Array.from({ length: 40 }, (_, index) => `${'k'.repeat(120)}${index}`);
    new library.CostMeter(stack, 'Meter', {
      logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'),
      ledger: library.Ledger.perCall({ requestMetadataKeys }),
    });
    expect(() => Template.fromStack(stack)).toThrow("shorten 'requestMetadataKeys'");
  });
});

describe('one removal policy', () => {
  test('of a test stack leaves nothing behind', () => {
    new library.BedrockObservability(stack, 'It', { removalPolicy: RemovalPolicy.DESTROY });
    const template = Template.fromStack(stack).toJSON() as { Resources: Record<string, CfnResource & { DeletionPolicy?: string }> };
    const kept = Object.entries(template.Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));
    expect(kept.map(([id]) => id)).toEqual([]);
  });

  test('does not stand in the way of a log group of your own, or of an adoption', () => {
    const logGroup = new logs.LogGroup(stack, 'Own', { dataProtectionPolicy: library.DataProtection.RECOMMENDED.policy });
    new library.BedrockObservability(stack, 'It', { removalPolicy: RemovalPolicy.DESTROY, invocationLogging: { logGroup } });
    const adopting = new Stack(new App(), 'Adopting');
    const { ADOPT } = library.ExistingConfiguration;
    new library.BedrockObservability(adopting, 'It', { removalPolicy: RemovalPolicy.DESTROY, invocationLogging: { onExisting: ADOPT } });
    expect(() => Template.fromStack(adopting)).not.toThrow();
  });
});

test('a key of your own encrypts the dead letters, and the meter may use it', () => {
  const deadLetterEncryptionKey = new kms.Key(stack, 'Key');
  new library.BedrockObservability(stack, 'It', { costMeter: { deadLetterEncryptionKey } });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey*']) })]),
    },
  });
});
