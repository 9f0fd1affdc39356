import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmSignals, AlarmSignalsProps, CostMetrics } from '../../lib';

const costMetrics = CostMetrics.inNamespace('Mine');

function rendered(make: (stack: Stack) => Partial<AlarmSignalsProps> = () => ({})) {
  const stack = new Stack(new App(), 'Test');
  const signals = new AlarmSignals(stack, 'Signals', { costMetrics, ...make(stack) });
  return { signals, template: Template.fromStack(stack) };
}

test('runs every five minutes, every hour and, with a ledger, twice a day, and measures quotas every quarter of an hour', () => {
  const { template } = rendered((stack) => ({ ledgerLogGroup: new logs.LogGroup(stack, 'Ledger') }));
  for (const [ScheduleExpression, Input] of [
    ['rate(5 minutes)', '{"schedule":"FiveMinutes"}'],
    ['rate(1 hour)', '{"schedule":"Hour"}'],
    ['rate(12 hours)', '{"schedule":"HalfDay"}'],
  ]) {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression, Targets: [Match.objectLike({ Input })] });
  }
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(15 minutes)' });
});

test('reads metrics only, unless it is given a ledger or spans', () => {
  const actions = (template: Template) =>
    Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
      (Properties.PolicyDocument.Statement as Array<{ Action: string }>).map(({ Action }) => Action),
    );
  expect(actions(rendered().template)).not.toContain('logs:StartQuery');
  const { signals, template } = rendered((stack) => ({
    ledgerLogGroup: new logs.LogGroup(stack, 'Ledger'),
    spanLogGroups: [logs.LogGroup.fromLogGroupName(stack, 'Spans', 'aws/spans')],
  }));
  expect(actions(template)).toContain('logs:StartQuery');
  expect([signals.publishesLedgerSignals, signals.publishesSpanSignals]).toEqual([true, true]);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({ LEDGER_LOG_GROUPS: { Ref: Match.stringLikeRegexp('Ledger') }, SPAN_LOG_GROUPS: 'aws/spans' }),
    },
  });
});

test('compares where records go with the log group that it is given, and asks for nothing without one', () => {
  const { template } = rendered((stack) => ({ invocationLogGroup: new logs.LogGroup(stack, 'Invocations') }));
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ INVOCATION_LOG_GROUP: { Ref: Match.stringLikeRegexp('Invocations') } }) },
  });
  const statement = { Action: 'bedrock:GetModelInvocationLoggingConfiguration', Effect: 'Allow', Resource: '*' };
  const policy = { PolicyDocument: { Statement: Match.arrayWith([statement]) } };
  template.hasResourceProperties('AWS::IAM::Policy', policy);
  rendered().template.resourcePropertiesCountIs('AWS::IAM::Policy', policy, 0);
});

test('publishes in the namespace of the meter, with the given minimums', () => {
  const { signals, template } = rendered(() => ({ timeZone: 'Europe/Berlin', minimumDailyCostUsd: 50 }));
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        METRICS_NAMESPACE: 'Mine',
        TIME_ZONE: 'Europe/Berlin',
        MINIMUM_DAILY_COST_USD: '50',
        MINIMUM_CALLS: '20',
        BUDGETS: '[]',
      }),
    },
  });
  expect(signals.metric('bedrock.signal.runs')).toMatchObject({ namespace: 'Mine', statistic: 'Maximum' });
});

test('runs on changes of the logging configuration, and knows the roles that are expected to make them', () => {
  const { template } = rendered((stack) => ({ loggingConfigurationRoles: [iam.Role.fromRoleName(stack, 'Deploy', 'deploy')] }));
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.bedrock'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventName: ['PutModelInvocationLoggingConfiguration', 'DeleteModelInvocationLoggingConfiguration'] },
    },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ LOGGING_ROLES: Match.anyValue() }) },
  });
});

test.each<[string, Partial<AlarmSignalsProps>, string]>([
  [
    'a city that is no time zone',
    { timeZone: 'Berlin' },
    "'timeZone' must be a name of the IANA time zone database such as Europe/Berlin, or UTC, got 'Berlin'",
  ],
  ['no minimum of calls', { minimumCalls: 0 }, "'minimumCalls' must be above 0, got 0"],
  ['a negative minimum of cost', { minimumDailyCostUsd: -1 }, "'minimumDailyCostUsd' must be above 0, got -1"],
  ['no minimum of tokens', { minimumHourlyTokens: 0 }, "'minimumHourlyTokens' must be above 0, got 0"],
])('fails on %s', (_, props, message) => {
  expect(() => rendered(() => props)).toThrow(message);
});
