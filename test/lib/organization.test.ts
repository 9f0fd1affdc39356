import { runInThisContext } from 'node:vm';
import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as library from '../../lib';

const SINK = 'arn:aws:oam:eu-central-1:999999999999:sink/1';

function templateOf(make: (stack: Stack) => unknown, env: { account?: string; region?: string } = {}): Template {
  const stack = new Stack(new App(), 'Test', { env });
  make(stack);
  return Template.fromStack(stack);
}

describe('MemberLogging', () => {
  const member = (props?: library.MemberLoggingProps) => templateOf((stack) => new library.MemberLogging(stack, 'Member', props));

  test('its template is one file: no asset, no bootstrap, and small enough to be given as a text', () => {
    const app = new App();
    const stack = new Stack(app, 'Member', { synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
    new library.MemberLogging(stack, 'Member', { destinationAccount: '999999999999' });
    const { stacks } = app.synth();
    const text = JSON.stringify(stacks[0]!.template);
    // Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas": 51,200 bytes in a request.
    expect(text.length).toBeLessThan(51_200);
    expect(text).not.toMatch(/cdk-hnb|BootstrapVersion|S3Bucket/);
    expect(stacks[0]!.assets.filter(({ packaging }) => packaging === 'zip')).toEqual([]);
  });

  test('the code in the template is the handler', () => {
    const [fn] = Object.values(member().findResources('AWS::Lambda::Function')) as [{ Properties: { Code: { ZipFile: string } } }];
    const loaded = { exports: {} as { handler?: unknown } };
    // As Lambda loads it: a CommonJS module.
    const load = runInThisContext(`(function (module, exports, require, process) {${fn.Properties.Code.ZipFile}})`) as (
      ...given: unknown[]
    ) => void;
    load(loaded, loaded.exports, require, process);
    expect(typeof loaded.exports.handler).toBe('function');
  });

  test('logs metadata only, keeps it for a day, and sends it to the account that is named', () => {
    const template = member({ destinationAccount: '999999999999' });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/bedrock/invocations',
      RetentionInDays: 1,
      DataProtectionPolicy: Match.absent(),
    });
    template.hasResourceProperties('Custom::BedrockModelInvocationLogging', {
      LoggingConfig: Match.objectLike({ textDataDeliveryEnabled: false }),
    });
    const [subscription] = Object.values(template.findResources('AWS::Logs::SubscriptionFilter')) as [
      { DependsOn: string[]; Properties: object },
    ];
    expect(JSON.stringify(subscription.Properties)).toContain(':999999999999:destination:bedrock-records');
    expect(subscription.DependsOn).toEqual([expect.stringMatching(/^MemberSenderRoleDefaultPolicy/)]);
  });

  test('without an account the log group is copied by its name only', () => {
    member().resourceCountIs('AWS::Logs::SubscriptionFilter', 0);
  });

  test('masks the text that it logs', () => {
    member({ content: library.ContentCapture.TEXT }).hasResourceProperties('AWS::Logs::LogGroup', {
      DataProtectionPolicy: Match.anyValue(),
    });
  });

  test('sends from the log group of an adopted configuration', () => {
    const template = member({ onExisting: library.ExistingConfiguration.ADOPT, destinationAccount: '999999999999' });
    template.hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      LogGroupName: { 'Fn::GetAtt': ['BedrockInvocationLogging', 'LogGroupName'] },
    });
  });

  test.each<[library.MemberLoggingProps, string]>([
    [{ destinationAccount: 'central' }, "'destinationAccount' must name accounts by their ids of 12 digits, got 'central'"],
    [{ destinationName: 'own' }, "'destinationName' names nothing without 'destinationAccount', got 'own'"],
    [{ destinationAccount: '999999999999', destinationName: 'a:b' }, "'destinationName' must be 1 to 512 characters without : and *"],
    [{ onExisting: library.ExistingConfiguration.ADOPT, logGroupName: '/own' }, "'logGroupName' names a new log group, got '/own'"],
    [
      { onExisting: library.ExistingConfiguration.ADOPT, content: library.ContentCapture.TEXT },
      "'content' cannot be set with 'onExisting'",
    ],
    [
      { onExisting: library.ExistingConfiguration.ADOPT, retention: logs.RetentionDays.ONE_DAY },
      "'retention' cannot be set with 'onExisting'",
    ],
  ])('refuses %j', (props, message) => {
    expect(() => member(props)).toThrow(message);
  });
});

describe('RecordCentralization', () => {
  const PROPS = {
    organizationId: 'o-a1b2c3d4e5',
    regions: ['us-east-1'],
    destinationAccount: '999999999999',
    destinationRegion: 'eu-central-1',
  };
  const rule = (props: Partial<library.RecordCentralizationProps> = {}) =>
    templateOf((stack) => new library.RecordCentralization(stack, 'Rule', { ...PROPS, ...props }));

  test('copies the log group of all members, encrypted ones included', () => {
    rule().hasResourceProperties('AWS::ObservabilityAdmin::OrganizationCentralizationRule', {
      Rule: Match.objectLike({
        Source: {
          Regions: ['us-east-1'],
          Scope: "OrganizationId = 'o-a1b2c3d4e5'",
          SourceLogsConfiguration: {
            EncryptedLogGroupStrategy: 'ALLOW',
            LogGroupSelectionCriteria: "LogGroupName = '/bedrock/invocations'",
          },
        },
      }),
    });
  });

  test.each<[Partial<library.RecordCentralizationProps>, string]>([
    [{ regions: [] }, "'regions' must name Regions such as eu-central-1, got none"],
    [{ organizationId: 'acme' }, "'organizationId' must be the id of an organization such as o-a1b2c3d4e5, got 'acme'"],
    [{ destinationAccount: 'x' }, "'destinationAccount' must name accounts by their ids of 12 digits, got 'x'"],
  ])('refuses %j', (props, message) => {
    expect(() => rule(props)).toThrow(message);
  });
});

describe('MetricsSink and MetricsLink', () => {
  const sink = (props: library.MetricsSinkProps) => templateOf((stack) => new library.MetricsSink(stack, 'Sink', props));
  const link = (sinkArns: Record<string, string>, region?: string, namespaces?: string[]) =>
    templateOf((stack) => new library.MetricsLink(stack, 'Link', { sinkArns, namespaces }), { region });

  test('a sink takes metrics only, of an organization or of accounts', () => {
    const condition = { 'ForAllValues:StringEquals': { 'oam:ResourceTypes': ['AWS::CloudWatch::Metric'] } };
    const statement = (part: object) => ({ Policy: Match.objectLike({ Statement: [Match.objectLike(part)] }) });
    sink({ accounts: ['111111111111'] }).hasResourceProperties(
      'AWS::Oam::Sink',
      statement({ Principal: { AWS: ['111111111111'] }, Condition: condition }),
    );
    sink({ organizationId: 'o-a1b2c3d4e5' }).hasResourceProperties(
      'AWS::Oam::Sink',
      statement({ Principal: '*', Condition: { ...condition, StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
    );
  });

  test('a link shares the metrics of Bedrock and of this library', () => {
    link({ 'eu-central-1': SINK }, 'eu-central-1').hasResourceProperties('AWS::Oam::Link', {
      SinkIdentifier: SINK,
      ResourceTypes: ['AWS::CloudWatch::Metric'],
      LinkConfiguration: {
        MetricConfiguration: { Filter: Match.stringLikeRegexp("^Namespace IN \\('AWS/Bedrock', .*'BedrockObservability'\\)$") },
      },
    });
  });

  test('one template finds the sink of each Region', () => {
    const template = link({ 'eu-central-1': SINK });
    template.hasMapping('*', { 'eu-central-1': { arn: SINK } });
    template.hasResourceProperties('AWS::Oam::Link', {
      SinkIdentifier: { 'Fn::FindInMap': [Match.anyValue(), { Ref: 'AWS::Region' }, 'arn'] },
    });
  });

  test.each<[() => Template, string]>([
    [() => sink({}), "one of 'accounts' and 'organizationId' must say who may share metrics, got none"],
    [() => sink({ accounts: ['1'] }), "'accounts' must name accounts by their ids of 12 digits, got '1'"],
    [() => sink({ organizationId: 'x' }), "'organizationId' must be the id of an organization"],
    [() => link({}), "'sinkArns' must name a sink, got none"],
    [() => link({ 'us-east-1': SINK }), `'sinkArns' must be ARNs of sinks by their Region, got '${SINK}' for 'us-east-1'`],
    [() => link({ 'eu-central-1': SINK }, 'us-east-1'), "'sinkArns' must have a sink in us-east-1, where the stack is, got eu-central-1"],
    [() => link({ 'eu-central-1': SINK }, 'eu-central-1', []), "'namespaces' must name what is shared, got none"],
  ])('refuses: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
