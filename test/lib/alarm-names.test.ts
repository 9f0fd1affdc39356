import { App, CfnParameter, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AlarmActivation,
  type AlarmRule,
  BedrockObservability,
  CostBudget,
  CostMetrics,
  DefaultAlarmRules,
  ObservabilityLevel,
  TieredAlarms,
} from '../../lib';
import { alarmSet } from './alarm-set';

const rules = (): AlarmRule[] => DefaultAlarmRules.forMetrics(CostMetrics.inNamespace());

function namesOf(stack: Stack): unknown[] {
  const template = Template.fromStack(stack);
  const found = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
    Object.values(template.findResources(type)),
  );
  return found.map(({ Properties }) => (Properties as { AlarmName: unknown }).AlarmName);
}

test('alarms have the name of the stack and of their rule', () => {
  const stack = new Stack(new App(), 'Prod');
  const { alarms } = new TieredAlarms(stack, 'Alarms', { rules: rules() });
  expect(namesOf(stack)).toHaveLength(alarms.length + 3);
  expect(namesOf(stack)).toEqual(
    expect.arrayContaining(['Prod-ErrorRate', 'Prod-CriticalIncident', 'Prod-WarningIncident', 'Prod-Maintenance']),
  );
});

test('a prefix of your own is used by all parts', () => {
  const stack = new Stack(new App(), 'Prod');
  new BedrockObservability(stack, 'Observability', {
    alarmNamePrefix: 'genai',
    alarmRunbooksUrl: 'https://wiki.example/runbooks',
    level: ObservabilityLevel.ADVANCED,
    budgets: [CostBudget.monthly('Total', 100)],
    alarmActivation: AlarmActivation.after(Duration.days(7)),
  });
  const names = namesOf(stack);
  expect(names).toEqual(
    expect.arrayContaining([
      'genai-ErrorRate',
      'genai-TotalSpent80',
      'genai-DigestMissing',
      'genai-ActivationFailing',
      'genai-CriticalIncident',
    ]),
  );
  expect(names.filter((name) => !String(name).startsWith('genai-'))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  const texts = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => (Properties as { AlarmDescription: string }).AlarmDescription,
  );
  expect(
    texts.filter((text) => !/Runbook: https:\/\/wiki\.example\/runbooks\/[a-z0-9-]+\.md$/.test(text) && !/maintenance/i.test(text)),
  ).toEqual([]);
});

test('names are unique however many there are in one stack, in nested stacks, and with one prefix in two stacks', () => {
  const app = new App();
  const stack = new Stack(app, 'Prod');
  const nested = new NestedStack(stack, 'Nested');
  const other = new Stack(app, 'Other');
  const activation = AlarmActivation.after(Duration.days(7));
  ['One', 'Two', 'T-wo', 'x'.repeat(240)].forEach((id) => new TieredAlarms(stack, id, { rules: rules(), activation }));
  new TieredAlarms(nested, 'Alarms', { rules: rules() });
  new TieredAlarms(other, 'Alarms', { rules: rules(), alarmNamePrefix: 'Prod' });

  const names = [...namesOf(stack), ...namesOf(other)] as string[];
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(['Prod-ErrorRate', 'Prod-Two-ErrorRate', 'Prod-T-wo-ActivationFailing', 'Prod-Alarms-ErrorRate']),
  );
  expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(255);
  // The name of a nested stack is known when it is deployed.
  expect(namesOf(nested)).toContainEqual({ 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '-ErrorRate']] });
});

test('the same names in another Region are free', () => {
  const app = new App();
  const stacks = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { region, account: '111122223333' } }));
  stacks.forEach((stack) => new TieredAlarms(stack, 'Alarms', { rules: rules(), alarmNamePrefix: 'Bedrock' }));
  stacks.forEach((stack) => expect(namesOf(stack)).toContain('Bedrock-ErrorRate'));
});

test('a prefix may be known at deployment only', () => {
  const stack = new Stack(new App(), 'Prod');
  new TieredAlarms(stack, 'Alarms', { rules: rules(), alarmNamePrefix: new CfnParameter(stack, 'Prefix').valueAsString });
  expect(namesOf(stack)).toContainEqual({ 'Fn::Join': ['', [{ Ref: 'Prefix' }, '-ErrorRate']] });
});

test.each(['a\nb', 'x'.repeat(191)])('refuses the prefix %j', (alarmNamePrefix) => {
  const stack = new Stack(new App(), 'Prod');
  expect(() => new TieredAlarms(stack, 'Alarms', { rules: rules(), alarmNamePrefix })).toThrow(
    "'alarmNamePrefix' must be from 1 to 190 characters",
  );
});

test('descriptions say in which periods something was seen', () => {
  const texts = Object.fromEntries(
    alarmSet(true).alarms.alarms.map(({ node }) => [node.id, (node.defaultChild as { alarmDescription?: string }).alarmDescription]),
  );
  expect(texts.ErrorRate).toContain('. Seen in each of the last 3 periods of 5 minutes. Check first: ');
  expect(texts.LogDeliveryFailing).toContain('. Seen in 4 of the last 6 periods of 5 minutes. ');
  expect(texts.HourlyCost).toContain('. Seen in the last hour. ');
  expect(texts.QuotaSignalsMissing).toContain('. Seen in each of the last 2 periods of 30 minutes. ');
  expect(texts.PricesChanged).toContain('. Seen in the last day. ');
});
