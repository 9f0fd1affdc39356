import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AdotInstrumentation, OtelGateway, OtelGatewayConfiguration, type OtelGatewayProps, OtlpDestination, OtlpSignal } from '../../lib';

const goMod = readFileSync(join(__dirname, '../collector/go.mod'), 'utf8');

function gateway(props: Partial<OtelGatewayProps> = {}) {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const made = new OtelGateway(stack, 'Gateway', { vpc, destinations: [OtlpDestination.cloudWatch()], ...props });
  return { stack, made, template: () => Template.fromStack(stack) };
}

const secretIn = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'otlp');

test('the image is that of the collector in the tests', () => {
  const [, version] = /contrib:(.+)$/.exec(OtelGatewayConfiguration.IMAGE)!;
  expect([...goMod.matchAll(/opentelemetry-collector-contrib\/(?:connector|processor|exporter|extension)\/\w+ v(\S+)\n/g)]).not.toEqual([]);
  expect(goMod).toContain(`processor/redactionprocessor v${version}\n`);
});

test('a task gets its configuration, signs as its role, and sends what it holds before it ends', () => {
  const { template } = gateway();
  template().hasResourceProperties('AWS::ECS::TaskDefinition', {
    Cpu: '512',
    Memory: '1024',
    ContainerDefinitions: [
      {
        Command: ['--config=env:GATEWAY_CONFIGURATION'],
        Image: OtelGatewayConfiguration.IMAGE,
        ReadonlyRootFilesystem: true,
        StopTimeout: 120,
        Environment: Match.arrayWith([
          { Name: 'AWS_REGION', Value: 'eu-west-1' },
          Match.objectLike({ Name: 'GATEWAY_CONFIGURATION', Value: { 'Fn::Sub': Match.stringLikeRegexp('"limit_mib": 716') } }),
        ]),
      },
    ],
  });
  template().hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['xray:PutTraceSegments']) })]) },
  });
});

test('headers come from Secrets Manager, and are in no text of the template', () => {
  const stack = new Stack(new App(), 'Other');
  const { template } = gateway({ destinations: [OtlpDestination.cloudWatch(), OtlpDestination.langfuse(secretIn(stack))] });
  template().hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [{ Secrets: [{ Name: 'DESTINATION2_HEADERS', ValueFrom: Match.anyValue() }] }],
  });
});

test('applications that are let in send to it, over a load balancer that asks the collector for its health', () => {
  const { stack, made, template } = gateway();
  const app = new ec2.SecurityGroup(stack, 'App', { vpc: made.service.cluster.vpc });
  made.connections.allowDefaultPortFrom(app);
  expect(made.destination.endpointFor(made, OtlpSignal.TRACES)).toMatch(/^http:\/\/.*:4318\/v1\/traces$/);
  template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 4317, ToPort: 4318 });
  template().hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Type: 'network' });
  template().resourcePropertiesCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPort: '13133' }, 2);
  expect(() => new AdotInstrumentation({ destination: made.destination })).not.toThrow();
});

test('two tasks, up to four by their CPU; one with sampling, which needs whole traces', () => {
  const { template } = gateway();
  template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 4 });
  const { template: sampled } = gateway({ sampling: { percentage: 10 } });
  sampled().hasResourceProperties('AWS::ECS::Service', { DesiredCount: 1 });
  sampled().resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
});

test('its log can have a key', () => {
  const { stack } = gateway();
  const key = new kms.Key(stack, 'Key');
  const vpc = new ec2.Vpc(stack, 'OtherVpc');
  new OtelGateway(stack, 'Other', { vpc, destinations: [OtlpDestination.cloudWatch()], encryptionKey: key });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue() });
});

const logsOnly = OtlpDestination.endpoint('https://example.com', { signals: [OtlpSignal.LOGS] });
test.each<[Partial<OtelGatewayProps>, string]>([
  [{ destinations: [] }, "'destinations' must name at least one destination"],
  [{ destinations: [logsOnly] }, 'a gateway takes no logs'],
  [{ memoryLimitMiB: 256 }, "'memoryLimitMiB' must be a whole number of at least 512, got 256"],
  [{ maxAttributeLength: 0.5 }, "'maxAttributeLength' must be a whole number of at least 1, got 0.5"],
  [{ attributes: ['a b'] }, "'attributes' must be names of attributes, without blanks, got 'a b'"],
  [{ resourceAttributes: { '': 'x' } }, "'resourceAttributes' must be names of attributes"],
  [{ blockedValues: ['('] }, "'blockedValues' must be regular expressions (RE2), got '('"],
  [{ blockedValues: ['(?!a)'] }, 'no look-around'],
  [{ blockedValues: [''] }, "got ''"],
  [{ sampling: { percentage: 101 } }, "'sampling.percentage' must be between 0 and 100, got 101"],
  [{ sampling: { percentage: 1, slowerThan: Duration.seconds(0) } }, "'sampling.slowerThan' must be above 0, got 0"],
  [{ sampling: { percentage: 1 }, maxTasks: 2 }, "'maxTasks' must be 1 with 'sampling'"],
  [{ minTasks: 3, maxTasks: 2 }, "'maxTasks' must be at least 'minTasks', which is 3, got 2"],
  [{ minTasks: 0 }, "'minTasks' must be a whole number of at least 1, got 0"],
])('refuses %j', (props, message) => {
  expect(() => gateway(props)).toThrow(message);
});

test('the configuration as a file, for a collector elsewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const file = join(folder, 'gateway.json');
  try {
    const configuration = new OtelGatewayConfiguration({ destinations: [OtlpDestination.cloudWatch()] });
    configuration.writeFile(file);
    const { exporters } = JSON.parse(readFileSync(file, 'utf8')) as { exporters: Record<string, Record<string, unknown>> };
    expect(exporters['otlp_http/destination1_traces']).toMatchObject({
      traces_endpoint: 'https://xray.${env:AWS_REGION}.${env:AWS_URL_SUFFIX:-amazonaws.com}/v1/traces',
      auth: { authenticator: 'sigv4auth/xray' },
    });
    const { urlSuffix } = new Stack();
    const unknown = new OtelGatewayConfiguration({ destinations: [OtlpDestination.endpoint(`https://otlp.${urlSuffix}`)] });
    expect(() => unknown.writeFile(file)).toThrow('must be known at synth');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('which headers a secret must have', () => {
  const stack = new Stack();
  const { headersJson } = OtlpDestination.openObserve('org', secretIn(stack));
  expect(headersJson).toBe('{"Authorization":"Basic BASE64(EMAIL:PASSWORD)","stream-name":"default"}');
  expect(OtlpDestination.cloudWatch().headersJson).toBeUndefined();
});
