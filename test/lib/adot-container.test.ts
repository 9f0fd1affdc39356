import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AdotInstrumentation, AdotLanguage, OtlpDestination } from '../../lib';

const newStack = (region: string) => new Stack(new App(), 'Test', { env: { account: '111122223333', region } });
const secretIn = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'otlp');

const taskIn = (stack: Stack, environment: Record<string, string> = {}) => {
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  return task.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app'), environment });
};
const environmentOf = (stack: Stack) => {
  const [task] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition')) as Array<{
    Properties: {
      ContainerDefinitions: Array<{ Name: string; Environment: Array<{ Name: string; Value: unknown }>; Secrets?: unknown[] }>;
    };
  }>;
  const app = task!.Properties.ContainerDefinitions.find(({ Name }) => Name === 'app')!;
  return { variables: Object.fromEntries(app.Environment.map(({ Name, Value }) => [Name, Value])), secrets: app.Secrets };
};

test.each([
  [AdotLanguage.NODE, 'NODE_OPTIONS', '--require /otel-auto-instrumentation/autoinstrumentation.js', ' '],
  [
    AdotLanguage.PYTHON,
    'PYTHONPATH',
    '/otel-auto-instrumentation/opentelemetry/instrumentation/auto_instrumentation:/otel-auto-instrumentation',
    ':',
  ],
])('in %s sends signed spans to CloudWatch and keeps its own options', (language, variable, value, separator) => {
  const stack = newStack('eu-west-1');
  new AdotInstrumentation().instrumentContainer(taskIn(stack, { [variable]: 'own' }), { language, serviceName: 'shop' });
  const { variables } = environmentOf(stack);
  expect(variables).toMatchObject({
    [variable]: `${value}${separator}own`,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop',
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'false',
  });
  expect(JSON.stringify(variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)).toContain('https://xray.eu-west-1.');
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({
        Name: 'appAdot',
        Essential: false,
        Command: ['cp', '-a', '/autoinstrumentation/.', '/otel-auto-instrumentation'],
      }),
    ]),
  });
});

test('gets headers as a secret, and nothing of them is in its environment', () => {
  const stack = newStack('eu-west-1');
  const destination = OtlpDestination.arize('shop', secretIn(stack));
  new AdotInstrumentation({ destination }).instrumentContainer(taskIn(stack), { language: AdotLanguage.PYTHON, serviceName: 'shop' });
  const { variables, secrets } = environmentOf(stack);
  expect(secrets).toEqual([expect.objectContaining({ Name: 'OTEL_EXPORTER_OTLP_HEADERS' })]);
  expect(variables).not.toHaveProperty('OTEL_EXPORTER_OTLP_HEADERS');
  expect(variables).toMatchObject({ OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop,openinference.project.name=shop' });
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toContain('secretsmanager:GetSecretValue');
});

test.each<[string, (stack: Stack) => void, string]>([
  [
    'two instrumentations',
    (stack) =>
      new AdotInstrumentation().instrumentContainer(taskIn(stack, { OTEL_SERVICE_NAME: 'x' }), {
        language: AdotLanguage.NODE,
        serviceName: 'x',
      }),
    "'Test/Task/app' has the variable OTEL_SERVICE_NAME already",
  ],
  [
    'a name that would be two attributes',
    (stack) => new AdotInstrumentation().instrumentContainer(taskIn(stack), { language: AdotLanguage.NODE, serviceName: 'a,b=c' }),
    "'serviceName' must be a name without blanks, ',' and '=', got 'a,b=c'",
  ],
  [
    'Application Signals',
    (stack) =>
      new AdotInstrumentation({ applicationSignals: true }).instrumentContainer(taskIn(stack), {
        language: AdotLanguage.NODE,
        serviceName: 'x',
      }),
    "'applicationSignals' needs the CloudWatch agent beside 'Test/Task/app'",
  ],
])('refuses %s', (_, make, message) => expect(() => make(newStack('eu-west-1'))).toThrow(message));

test('refuses CloudWatch in China, where ADOT does not sign', () => {
  const container = taskIn(newStack('cn-north-1'));
  expect(() => new AdotInstrumentation().instrumentContainer(container, { language: AdotLanguage.NODE, serviceName: 'x' })).toThrow(
    "'Test/Task/app' is in cn-north-1, for which ADOT does not sign requests",
  );
});
