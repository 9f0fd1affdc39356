import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MonitoringStack } from '../../examples/several-accounts/monitoring-stack';
import { SourceStage } from '../../examples/several-accounts/source-stage';

const HERE = { account: '111111111111', region: 'eu-central-1' };
const SOURCES = [HERE, { account: '222222222222', region: 'us-east-1' }];
const stackOf = (stage: SourceStage) => Template.fromJSON(stage.synth().stacks[0]!.template as object);

test('a source has everything, and shares metrics only', () => {
  const template = stackOf(new SourceStage(new App(), 'Source', { env: HERE, sinkArn: 'arn:aws:oam:eu-central-1:999999999999:sink/1' }));
  template.resourceCountIs('Custom::BedrockModelInvocationLogging', 1);
  template.hasResourceProperties('AWS::Oam::Link', { ResourceTypes: ['AWS::CloudWatch::Metric'] });
});

test('a source without a sink shares nothing', () => {
  stackOf(new SourceStage(new App(), 'Source', { env: HERE })).resourceCountIs('AWS::Oam::Link', 0);
});

test('the dashboards of the monitoring account add up all sources; its other Regions have a sink only', () => {
  const env = { account: '999999999999', region: 'eu-central-1' };
  const home = Template.fromStack(new MonitoringStack(new App(), 'Home', { env, sources: SOURCES, isHome: true }));
  const bodies = JSON.stringify(home.findResources('AWS::CloudWatch::Dashboard'));
  SOURCES.forEach(({ account, region }) => expect(bodies).toContain(`\\"accountId\\":\\"${account}\\",\\"region\\":\\"${region}\\"`));

  const other = Template.fromStack(
    new MonitoringStack(new App(), 'Other', { env: { ...env, region: 'us-east-1' }, sources: SOURCES, isHome: false }),
  );
  other.resourceCountIs('AWS::Oam::Sink', 1);
  other.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
});
