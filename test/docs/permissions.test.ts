import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as library from '../../lib';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'permissions.md'), 'utf8');

/** Every kind of resource that a construct of this library can make without resources of others. */
function everything(): Stack {
  const stack = new Stack(new App(), 'All');
  const topic = new library.AlarmTopic(stack, 'Topic', { emailAddresses: ['a@example.com'] });
  topic.addSlackChannel('team', { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' });
  new library.AccountDataProtection(stack, 'DataProtection');
  const bedrock = new library.BedrockObservability(stack, 'BedrockObservability', {
    level: library.ObservabilityLevel.ADVANCED,
    invocationLogging: { largeData: library.DeliveryBucket.create() },
    alarmActivation: library.AlarmActivation.after(Duration.days(1)),
    alarmMuteWindows: [{ cron: '0 18 * * FRI', duration: Duration.days(2) }],
    alarmRouting: { critical: [topic] },
  });
  new library.CostBudgets(stack, 'Budgets', {
    budgets: [library.CostBudget.monthly('All', 100)],
    signals: bedrock.alarmSignals!,
    awsBudgetsTopic: topic.topic,
  });
  return stack;
}

test('the page names each type of resource that CloudFormation must be let make', () => {
  const { Resources } = Template.fromStack(everything()).toJSON() as { Resources: Record<string, { Type: string }> };
  const types = [...new Set(Object.values(Resources).map(({ Type }) => Type))].filter((type) => !type.startsWith('Custom::'));
  const named = [...page.matchAll(/`(AWS::\w+::\w+)`/g)].map(([, type]) => type!);
  expect([...new Set(named)].sort()).toEqual(
    [...types, 'AWS::Logs::AccountPolicy'].filter((type, at, all) => all.indexOf(type) === at).sort(),
  );
});

test('its policies are JSON', () => {
  const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text!) as object);
  expect(blocks.length).toBeGreaterThan(4);
});
