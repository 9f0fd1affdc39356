import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { BedrockObservability, CostMeter, OtlpDestination, type OtlpMetricsOptions, OtlpProtocol } from '../../lib';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:otlp-AbCdEf';
const secretOf = (stack: Stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', ARN);

function meterWith(otlp: (stack: Stack) => OtlpMetricsOptions): Template {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
  new CostMeter(stack, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'), otlp: otlp(stack) });
  return Template.fromStack(stack);
}

const environmentOf = (template: Template) =>
  Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => (Properties as { Environment: { Variables: Record<string, unknown> } }).Environment.Variables)
    .find((variables) => 'METRICS_NAMESPACE' in variables)!;

test('CloudWatch: signed for its Region, delta, and allowed to put metrics', () => {
  const template = meterWith(() => ({ destination: OtlpDestination.cloudWatch() }));
  expect(environmentOf(template)).toMatchObject({
    OTLP_METRICS_ENDPOINT: { 'Fn::Join': ['', ['https://monitoring.eu-central-1.', { Ref: 'AWS::URLSuffix' }, '/v1/metrics']] },
    OTLP_TEMPORALITY: 'delta',
    OTLP_SIGNING_REGION: 'eu-central-1',
  });
  expect(environmentOf(template)).not.toHaveProperty('OTLP_HEADERS_SECRET_ARN');
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'cloudwatch:PutMetricData', Resource: '*' })]) },
  });
});

test('Grafana Cloud: cumulative, and the secret is read when it runs', () => {
  const template = meterWith((stack) => ({
    destination: OtlpDestination.grafanaCloud('eu-west-2', secretOf(stack)),
    modelPrices: true,
    embeddedMetrics: false,
  }));
  expect(environmentOf(template)).toMatchObject({
    OTLP_METRICS_ENDPOINT: 'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp/v1/metrics',
    OTLP_TEMPORALITY: 'cumulative',
    OTLP_HEADERS_SECRET_ARN: ARN,
    OTLP_MODEL_PRICES: 'on',
    EMBEDDED_METRICS: 'none',
  });
  const text = JSON.stringify(template.toJSON());
  expect(text).not.toContain('resolve:secretsmanager');
  expect(text).not.toContain('cloudwatch:PutMetricData');
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['secretsmanager:GetSecretValue']), Resource: ARN })]),
    },
  });
});

test.each<[string, (stack: Stack) => OtlpDestination, string]>([
  ['Arize', (stack) => OtlpDestination.arize('p', secretOf(stack)), "'otlp.destination' must take metrics, and it takes traces only"],
  ['Langfuse', (stack) => OtlpDestination.langfuse(secretOf(stack)), "'otlp.destination' must take metrics, and it takes traces only"],
  [
    'gRPC',
    () => OtlpDestination.endpoint('http://collector:4317', { protocol: OtlpProtocol.GRPC }),
    "'otlp.destination' must be reached over HTTP, got grpc: use the endpoint for HTTP, of a collector the port 4318",
  ],
])('%s is refused', (_, destination, message) => {
  expect(() => meterWith((stack) => ({ destination: destination(stack) }))).toThrow(message);
});

test('a secret of another Region is refused, and so are dashboards without metrics', () => {
  const elsewhere = (stack: Stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'S', ARN.replace('eu-central-1', 'us-east-1'));
  expect(() => meterWith((stack) => ({ destination: OtlpDestination.honeycomb(elsewhere(stack)) }))).toThrow(
    "'otlp.destination.headersSecret' must be in the region of the stack, which is eu-central-1, got us-east-1",
  );
  const otlp = { destination: OtlpDestination.cloudWatch(), embeddedMetrics: false };
  expect(() => new BedrockObservability(new Stack(), 'It', { costMeter: { otlp } })).toThrow(
    "'costMeter.otlp.embeddedMetrics' must not be false here",
  );
});
