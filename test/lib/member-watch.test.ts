import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMeter, type CostMeterOptions, Ledger, MemberWatch } from '../../lib';

function rendered(regions: string[], meter: CostMeterOptions = {}): Template {
  const stack = new Stack(new App(), 'Test');
  const costMeter = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Records'), ...meter });
  new MemberWatch(stack, 'Watch', { costMeter, regions });
  return Template.fromStack(stack);
}

test('asks every hour, in each Region, and two alarms watch it', () => {
  const template = rendered(['us-east-1', 'eu-central-1'], { metricNamespace: 'Own' });
  template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 hour)' });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ REGIONS: 'us-east-1,eu-central-1', METRICS_NAMESPACE: 'Own' }) },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Test-MemberSilent',
    MetricName: 'bedrock.members.silent',
    Namespace: 'Own',
    EvaluationPeriods: 2,
  });
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'))).toContain('-MemberWatchMissing');
});

test.each<[string, string[], CostMeterOptions, string]>([
  ['no Region', [], {}, "'regions' must name Regions such as eu-central-1, got none"],
  ['no ledger', ['us-east-1'], { ledger: Ledger.NONE }, "'costMeter' must keep a ledger"],
])('fails with %s', (_, regions, meter, message) => {
  expect(() => rendered(regions, meter)).toThrow(message);
});
