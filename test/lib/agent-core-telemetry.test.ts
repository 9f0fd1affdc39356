import { App, Aws, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentCoreTelemetry, type AgentCoreTelemetryProps, AgentMeter, DataProtection } from '../../lib';

const env = { account: '111122223333', region: 'eu-central-1' };

const roleArn = 'arn:aws:iam::111122223333:role/agent';
const networkConfiguration = { networkMode: 'PUBLIC' };
const runtimeIn = (stack: Stack, id = 'Runtime') =>
  new agentcore.CfnRuntime(stack, id, {
    agentRuntimeName: id,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: `${stack.account}.dkr.ecr.${stack.region}.amazonaws.com/agent:1` } },
    networkConfiguration,
    roleArn,
  });
const gatewayIn = (stack: Stack) =>
  new agentcore.CfnGateway(stack, 'Gateway', { name: 'g', authorizerType: 'NONE', protocolType: 'MCP', roleArn });
const memoryIn = (stack: Stack) => new agentcore.CfnMemory(stack, 'Memory', { name: 'm', eventExpiryDuration: 30 });
/** A reference as an app of its own may have one: in the environment of its stack, whatever the ARN is. */
const referenceTo = (stack: Stack, memoryArn: string) =>
  ({
    node: stack.node,
    env: { account: stack.account, region: stack.region },
    memoryRef: { memoryArn },
  }) as unknown as agentcore.IMemoryRef;
const browserIn = (stack: Stack) => new agentcore.CfnBrowserCustom(stack, 'Browser', { name: 'b', networkConfiguration });
const interpreterIn = (stack: Stack) => new agentcore.CfnCodeInterpreterCustom(stack, 'Interpreter', { name: 'c', networkConfiguration });
const identityIn = (stack: Stack) => new agentcore.CfnWorkloadIdentity(stack, 'Identity', { name: 'www' });

function templateOf(make: (stack: Stack) => AgentCoreTelemetryProps): Template {
  const stack = new Stack(new App(), 'Test', { env });
  new AgentCoreTelemetry(stack, 'Telemetry', make(stack));
  return Template.fromStack(stack);
}

const typesIn = (template: Template): string[] =>
  Object.values(template.findResources('AWS::Logs::DeliverySource'))
    .map(({ Properties }) => (Properties as { LogType: string }).LogType)
    .sort();

const [A, U, T] = ['APPLICATION_LOGS', 'USAGE_LOGS', 'TRACES'];

test.each<[string, (stack: Stack) => AgentCoreTelemetryProps, string[]]>([
  ['a runtime', (stack) => ({ runtimes: [runtimeIn(stack)] }), [A!, T!, U!]],
  ['a gateway', (stack) => ({ gateways: [gatewayIn(stack)] }), [A!, T!]],
  ['a memory', (stack) => ({ memories: [memoryIn(stack)] }), [A!, T!]],
  ['a browser', (stack) => ({ browsers: [browserIn(stack)] }), [U!]],
  ['a code interpreter', (stack) => ({ codeInterpreters: [interpreterIn(stack)] }), [A!, U!]],
  ['an identity', (stack) => ({ workloadIdentities: [identityIn(stack)] }), [A!, T!]],
  ['a runtime without spans', (stack) => ({ runtimes: [runtimeIn(stack)], spans: false }), [A!, U!]],
])('%s delivers what it can', (_, make, expected) => {
  const template = templateOf(make);
  expect(typesIn(template)).toEqual(expected);
  template.resourceCountIs('AWS::Logs::Delivery', expected.length);
  template.resourceCountIs('AWS::XRay::ResourcePolicy', expected.includes(T!) ? 1 : 0);
});

test('twelve runtimes in three stacks: one policy of each kind, one log group, names of their own', () => {
  const app = new App();
  const stacks = [1, 2, 3].map((n) => new Stack(app, `Agents${n}`, { env }));
  const runtimes = stacks.flatMap((stack) => [1, 2, 3, 4].map((n) => runtimeIn(stack, `Runtime${n}`)));
  const own = new Stack(app, 'Telemetry', { env });
  new AgentCoreTelemetry(own, 'Telemetry', { runtimes });
  const template = Template.fromStack(own);
  template.resourceCountIs('AWS::Logs::DeliverySource', 36);
  template.resourceCountIs('AWS::Logs::DeliveryDestination', 2);
  // The other one is that of the function.
  template.resourceCountIs('AWS::Logs::LogGroup', 2);
  template.resourceCountIs('AWS::Logs::ResourcePolicy', 1);
  template.resourceCountIs('AWS::XRay::ResourcePolicy', 1);
  stacks.forEach((stack) => Template.fromStack(stack).resourceCountIs('AWS::XRay::ResourcePolicy', 0));
  const names = Object.values(template.findResources('AWS::Logs::DeliverySource')).map(
    ({ Properties }) => (Properties as { Name: string }).Name,
  );
  expect(new Set(names).size).toBe(36);
  names.forEach((name) => expect(name).toMatch(/^[\w-]{1,60}$/));
  const policy = JSON.stringify(template.findResources('AWS::XRay::ResourcePolicy'));
  expect(policy.match(/Fn::ImportValue|Fn::GetStackOutput/g)).toHaveLength(12);
});

test('deliveries are made one after the other, and after what allows them', () => {
  const template = templateOf((stack) => ({ runtimes: [runtimeIn(stack)] }));
  const sources = Object.entries(template.findResources('AWS::Logs::DeliverySource'));
  const waiting = sources.filter(([, { DependsOn }]) => JSON.stringify(DependsOn ?? '').includes('Delivery'));
  expect(waiting).toHaveLength(sources.length - 1);
  const destinations = Object.values(template.findResources('AWS::Logs::DeliveryDestination'));
  expect(destinations.map(({ DependsOn }) => JSON.stringify(DependsOn))).toEqual([
    expect.stringContaining('LogPolicy'),
    expect.stringContaining('SpanPolicy'),
  ]);
});

test('what the app delivers of a resource already is left as it is', () => {
  const template = templateOf((stack) => {
    const memory = memoryIn(stack);
    new logs.CfnDeliverySource(stack, 'Own', { name: 'own', resourceArn: memory.attrMemoryArn, logType: T });
    return { memories: [memory], workloadIdentities: [identityIn(stack)] };
  });
  expect(typesIn(template)).toEqual([A!, A!, T!, T!]);
});

test('an imported resource', () => {
  const arn = 'arn:aws:bedrock-agentcore:eu-central-1:111122223333:browser-custom/b-1';
  const template = templateOf((stack) => ({ browsers: [agentcore.CfnBrowserCustom.fromBrowserCustomArn(stack, 'B', arn)] }));
  template.hasResourceProperties('AWS::Logs::DeliverySource', { ResourceArn: arn, LogType: U });
});

test('texts are masked, kept for a month, and outlive the stack', () => {
  const template = templateOf((stack) => ({ runtimes: [runtimeIn(stack)] }));
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 30, DataProtectionPolicy: Match.objectLike({ Statement: Match.anyValue() }) },
    DeletionPolicy: 'RetainExceptOnCreate',
  });
});

test('a key, a retention, and no masking, where they are asked for', () => {
  const template = templateOf((stack) => ({
    runtimes: [runtimeIn(stack)],
    encryptionKey: new kms.Key(stack, 'Key'),
    retention: logs.RetentionDays.ONE_YEAR,
    dataProtection: DataProtection.NONE,
  }));
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    RetentionInDays: 365,
    KmsKeyId: Match.anyValue(),
    DataProtectionPolicy: Match.absent(),
  });
  expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).toContain('AllowCloudWatchLogs');
});

test('no resource, or one of another Region, is refused', () => {
  expect(() => templateOf(() => ({}))).toThrow("'props' must name at least one resource, for example runtimes: [runtime], got none");
  const arn = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:browser-custom/b-1';
  expect(() => templateOf((stack) => ({ browsers: [agentcore.CfnBrowserCustom.fromBrowserCustomArn(stack, 'B', arn)] }))).toThrow(
    "'browsers' must be in the region of the stack, which is eu-central-1, got us-east-1",
  );
});

/** Where a memory can be that is not here: made by another stack, or only referred to by an ARN, in which parts may be unknown. */
const ELSEWHERE: Record<string, [string, (stack: Stack) => agentcore.IMemoryRef]> = {
  'a stack of another Region': [
    'region',
    (stack) => memoryIn(new Stack(stack.node.root as App, 'Far', { env: { ...env, region: 'us-east-1' } })),
  ],
  'a stack of another account': [
    'account',
    (stack) => memoryIn(new Stack(stack.node.root as App, 'Far', { env: { ...env, account: '999999999999' } })),
  ],
  'an ARN of another Region': ['region', (stack) => referenceTo(stack, 'arn:aws:bedrock-agentcore:us-east-1:111122223333:memory/m')],
  'an ARN of another account': ['account', (stack) => referenceTo(stack, `arn:aws:bedrock-agentcore:${env.region}:999999999999:memory/m`)],
  'an ARN of another Region, whose partition is a token': [
    'region',
    (stack) => referenceTo(stack, `arn:${stack.partition}:bedrock-agentcore:us-east-1:${Aws.ACCOUNT_ID}:memory/m`),
  ],
};

test.each(Object.entries(ELSEWHERE))('a memory in %s is refused', (_, [part, memory]) => {
  expect(() => templateOf((stack) => ({ memories: [memory(stack)] }))).toThrow(`'memories' must be in the ${part} of the stack`);
});

test.each([
  ['of here', `arn:${Aws.PARTITION}:bedrock-agentcore:${env.region}:${env.account}:memory/m`],
  ['whose Region and account are known when deployed', `arn:aws:bedrock-agentcore:${Aws.REGION}:${Aws.ACCOUNT_ID}:memory/m`],
  ['that is a token', Fn.importValue('MemoryArn')],
])('an ARN %s is taken', (_, arn) => {
  expect(typesIn(templateOf((stack) => ({ memories: [referenceTo(stack, arn)] })))).toEqual([A!, T!]);
});

interface ServiceLogGroup {
  readonly LogGroupName: unknown;
  readonly RetentionInDays?: number;
  readonly EncryptionKeyArn?: unknown;
  readonly DataProtectionPolicy?: unknown;
}
const serviceLogGroupsIn = (template: Template): ServiceLogGroup[] =>
  Object.values(template.findResources('Custom::ServiceLogGroup')).map(({ Properties }) => Properties as ServiceLogGroup);

describe('the log groups that the service makes', () => {
  const results = '/aws/bedrock-agentcore/evaluations/results/config-1';

  test('of the default endpoint of each runtime, and others that are named', () => {
    const template = templateOf((stack) => ({
      runtimes: [runtimeIn(stack)],
      serviceLogGroups: [logs.LogGroup.fromLogGroupName(stack, 'Evaluations', results)],
    }));
    const made = serviceLogGroupsIn(template);
    const name = ['/aws/bedrock-agentcore/runtimes/', { Ref: 'Runtime' }, '-DEFAULT'];
    expect(made.map(({ LogGroupName }) => LogGroupName)).toEqual(expect.arrayContaining([{ 'Fn::Join': ['', name] }, results]));
    made.forEach((each) => {
      expect(each).toMatchObject({ RetentionInDays: 30 });
      expect(JSON.stringify(each.DataProtectionPolicy)).toContain('Deidentify');
      expect(each).not.toHaveProperty('EncryptionKeyArn');
    });
    template.resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('what reads them is deployed after they are there', () => {
    const stack = new Stack(new App(), 'Test', { env });
    const { serviceLogGroups } = new AgentCoreTelemetry(stack, 'Telemetry', { runtimes: [runtimeIn(stack)] });
    new AgentMeter(stack, 'Meter', { spanLogGroups: serviceLogGroups });
    const filters = Object.values(Template.fromStack(stack).findResources('AWS::Logs::SubscriptionFilter'));
    expect(JSON.stringify(filters)).toMatch(/"LogGroupName":\{"Fn::GetAtt":\["TelemetryServiceLogGroup\w+","LogGroupName"\]\}/);
  });

  test('a key, for ever, and no masking, where they are asked for', () => {
    const template = templateOf((stack) => ({
      runtimes: [runtimeIn(stack)],
      encryptionKey: new kms.Key(stack, 'Key'),
      retention: logs.RetentionDays.INFINITE,
      dataProtection: DataProtection.NONE,
    }));
    const [made] = serviceLogGroupsIn(template);
    expect(made).toMatchObject({ EncryptionKeyArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } });
    expect(Object.keys(made!)).not.toEqual(expect.arrayContaining(['RetentionInDays']));
    expect(Object.keys(made!)).not.toEqual(expect.arrayContaining(['DataProtectionPolicy']));
  });

  test('findings of their masking go nowhere else, because the function may not change other policies', () => {
    const template = templateOf((stack) => ({
      runtimes: [runtimeIn(stack)],
      dataProtection: DataProtection.of({ findingsLogGroup: logs.LogGroup.fromLogGroupName(stack, 'F', '/aws/vendedlogs/findings') }),
    }));
    expect(JSON.stringify(serviceLogGroupsIn(template))).not.toContain('findings');
    expect(JSON.stringify(template.findResources('AWS::Logs::LogGroup'))).toContain('findings');
  });

  test('are as many as runtimes, with ids that do not depend on their order', () => {
    const idsOf = (order: (runtimes: agentcore.CfnRuntime[]) => agentcore.CfnRuntime[]) =>
      Object.entries(
        templateOf((stack) => ({ runtimes: order([runtimeIn(stack, 'A'), runtimeIn(stack, 'B')]) })).findResources(
          'Custom::ServiceLogGroup',
        ),
      )
        .map(([id, { Properties }]) => `${id} ${JSON.stringify((Properties as ServiceLogGroup).LogGroupName)}`)
        .sort();
    expect(idsOf((runtimes) => runtimes)).toHaveLength(2);
    expect(idsOf((runtimes) => [...runtimes].reverse())).toEqual(idsOf((runtimes) => runtimes));
  });

  test('without runtimes there is no function', () => {
    templateOf((stack) => ({ memories: [memoryIn(stack)] })).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('of another Region are refused', () => {
    const elsewhere = (stack: Stack) =>
      logs.LogGroup.fromLogGroupArn(stack, 'L', 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/bedrock-agentcore/x:*');
    expect(() => templateOf((stack) => ({ runtimes: [runtimeIn(stack)], serviceLogGroups: [elsewhere(stack)] }))).toThrow(
      "'serviceLogGroups' must be in the region of the stack, which is eu-central-1, got us-east-1",
    );
  });
});
