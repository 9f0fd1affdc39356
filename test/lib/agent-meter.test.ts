import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentDimension, AgentMeter, type AgentMeterProps, BedrockObservability, Ledger } from '../../lib';

const named = (stack: Stack, name: string) => logs.LogGroup.fromLogGroupName(stack, name.replace(/\W/g, ''), name);

function synthesized(props: (stack: Stack) => AgentMeterProps = () => ({})): Template {
  const stack = new Stack(new App(), 'Test');
  new AgentMeter(stack, 'Agents', props(stack));
  return Template.fromStack(stack);
}

const meter = (stack: Stack, id: string, props: AgentMeterProps = {}) => new AgentMeter(stack, id, props);

test('by default it reads aws/spans, and publishes by agent, operation, tool and model', () => {
  const template = synthesized();
  template.resourcePropertiesCountIs('AWS::Logs::SubscriptionFilter', { LogGroupName: 'aws/spans', FilterPattern: '' }, 1);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: { METRICS_NAMESPACE: 'BedrockObservability', DIMENSIONS: 'agent,operation,tool,model', DIMENSION_CAP: '50' },
    },
  });
});

test('it reads each of several log groups', () => {
  const template = synthesized((stack) => ({
    spanLogGroups: ['aws/spans', '/aws/bedrock-agentcore/runtimes/a-DEFAULT'].map((name) => named(stack, name)),
  }));
  template.resourceCountIs('AWS::Logs::SubscriptionFilter', 2);
  template.resourceCountIs('AWS::Lambda::Function', 2);
});

test('it reads usage logs beside spans', () => {
  const template = synthesized((stack) => ({ usageLogGroups: [named(stack, 'usage')] }));
  for (const LogGroupName of ['aws/spans', 'usage']) {
    template.resourcePropertiesCountIs('AWS::Logs::SubscriptionFilter', { LogGroupName }, 1);
  }
});

test('a further log group changes no other subscription', () => {
  const idsOf = (names: string[]) =>
    Object.keys(
      synthesized((stack) => ({ spanLogGroups: names.map((name) => named(stack, name)) })).findResources('AWS::Logs::SubscriptionFilter'),
    );
  const [before, after] = [idsOf(['b', 'c']), idsOf(['a', 'b', 'c'])];
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after).toHaveLength(3);
});

test('the function that spans start is not traced: its spans would start it again', () => {
  const functions = Object.values(synthesized().findResources('AWS::Lambda::Function'));
  expect(functions).toHaveLength(2);
  functions.forEach(({ Properties }) => expect(Properties).not.toHaveProperty('TracingConfig'));
});

test('the join reads the lines of agents and of the ledger, and nothing else', () => {
  synthesized((stack) => ({ ledgerLogGroup: new logs.LogGroup(stack, 'Ledger') })).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'logs:FilterLogEvents',
          Resource: [
            { 'Fn::GetAtt': [Match.stringLikeRegexp('^AgentsLines'), 'Arn'] },
            { 'Fn::GetAtt': [Match.stringLikeRegexp('^Ledger'), 'Arn'] },
          ],
        }),
      ]),
    }),
  });
});

test('the composite gives it the ledger, unless there is none', () => {
  const environments = (ledger?: Ledger) => {
    const stack = new Stack(new App(), 'Test');
    const { agentMeter } = new BedrockObservability(stack, 'It', { agents: {}, costMeter: { ledger } });
    expect(agentMeter).toBeDefined();
    const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
    return functions.map(({ Properties }) => (Properties as { Environment?: { Variables: object } }).Environment?.Variables ?? {});
  };
  const joins = (ledger?: Ledger) => environments(ledger).filter((variables) => 'AGENT_LOG_GROUP' in variables);
  expect(joins()).toEqual([expect.objectContaining({ LEDGER_LOG_GROUP: expect.anything() as unknown })]);
  expect(joins(Ledger.NONE)).toEqual([expect.not.objectContaining({ LEDGER_LOG_GROUP: expect.anything() as unknown })]);
});

test.each<[string, (stack: Stack) => unknown, string]>([
  [
    'no log group',
    (stack) => meter(stack, 'A', { spanLogGroups: [] }),
    "'spanLogGroups' must hold the log groups with the spans of agents, got none",
  ],
  [
    'a log group twice',
    (stack) => meter(stack, 'A', { spanLogGroups: [named(stack, 'a'), logs.LogGroup.fromLogGroupName(stack, 'Again', 'a')] }),
    "'spanLogGroups' must hold each log group once, got 'a' twice",
  ],
  [
    'a log group of usage twice',
    (stack) => meter(stack, 'A', { usageLogGroups: [named(stack, 'a'), logs.LogGroup.fromLogGroupName(stack, 'Again', 'a')] }),
    "'usageLogGroups' must hold each log group once, got 'a' twice",
  ],
  [
    'a log group of spans as one of usage',
    (stack) => meter(stack, 'A', { usageLogGroups: [named(stack, 'aws/spans')] }),
    "'usageLogGroups' must hold no log group of 'spanLogGroups', got 'aws/spans': leave it out",
  ],
  [
    'usage that another one meters',
    (stack) =>
      ['A', 'B'].map((id) =>
        meter(stack, id, {
          spanLogGroups: [named(stack, `spans${id}`)],
          usageLogGroups: [logs.LogGroup.fromLogGroupName(stack, `U${id}`, 'u')],
        }),
      ),
    "'usageLogGroups' has a log group that 'Test/A' meters already",
  ],
  [
    'a second meter',
    (stack) => [meter(stack, 'A'), meter(stack, 'B')],
    "got 'aws/spans': use that meter, or set another 'metricNamespace'",
  ],
  ['a cap of nothing', (stack) => meter(stack, 'A', { dimensions: [], dimensionCap: 5 }), "'dimensionCap' has nothing to cap, got 5"],
  [
    'a cap that is too large',
    (stack) => meter(stack, 'A', { dimensionCap: 501 }),
    "'dimensionCap' must be a whole number from 1 to 500, got 501",
  ],
  [
    'a log group of another class',
    (stack) =>
      meter(stack, 'A', { spanLogGroups: [new logs.LogGroup(stack, 'G', { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS })] }),
    "'spanLogGroups' must be of the class STANDARD",
  ],
])('%s is refused', (_, make, message) => {
  expect(() => make(new Stack(new App(), 'Test'))).toThrow(message);
});

test('in another namespace a second meter is no double count', () => {
  const stack = new Stack(new App(), 'Test');
  meter(stack, 'A');
  expect(() => meter(stack, 'B', { metricNamespace: 'Other' })).not.toThrow();
});

test('only what is asked for is a dimension', () => {
  synthesized(() => ({ dimensions: [AgentDimension.AGENT, AgentDimension.AGENT] })).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { DIMENSIONS: 'agent' } },
  });
});
