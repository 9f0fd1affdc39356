import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { parseHeaders } from '../../lambda/meter-calls/otlp-headers';
import { AdotInstrumentation, AdotLanguage, CostMeter, OtelGatewayConfiguration, OtlpDestination, OtlpSignal } from '../../lib';

type Raw = Record<string, unknown>;
type Make = (secret: secretsmanager.ISecret) => OtlpDestination;

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:otlp-AbCdEf';
const { TRACES, METRICS } = OtlpSignal;

/** What all that send to a destination render of it. */
class Rendered {
  public readonly destination: OtlpDestination;
  private readonly stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });

  constructor(make: Make) {
    this.destination = make(secretsmanager.Secret.fromSecretCompleteArn(this.stack, 'Secret', ARN));
  }

  /** Variables of an instrumented container; those that are secrets have the ARN of it. */
  public get container(): Raw {
    const task = new ecs.FargateTaskDefinition(this.stack, 'Task');
    const container = task.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') });
    const options = { language: AdotLanguage.PYTHON, serviceName: 'shop' };
    new AdotInstrumentation({ destination: this.destination }).instrumentContainer(container, options);
    const [{ Properties }] = this.resources('AWS::ECS::TaskDefinition') as [{ Properties: { ContainerDefinitions: Raw[] } }];
    const { Environment, Secrets = [] } = Properties.ContainerDefinitions.find(({ Name }) => Name === 'app') as Record<string, Raw[]>;
    return Object.fromEntries([
      ...Environment!.map(({ Name, Value }) => [Name, Value]),
      ...Secrets.map(({ Name, ValueFrom }) => [Name, ValueFrom]),
    ]) as Raw;
  }

  public get gateway(): Record<'exporters' | 'processors', Record<string, Raw>> & { service: { pipelines: Raw } } {
    return JSON.parse(new OtelGatewayConfiguration({ destinations: [this.destination] }).toText()) as never;
  }

  /** Variables of the function of a meter. */
  public get meter(): Raw {
    const logGroup = logs.LogGroup.fromLogGroupName(this.stack, 'Records', '/records');
    new CostMeter(this.stack, 'Meter', { logGroup, otlp: { destination: this.destination } });
    type Function = { Properties: { Environment: { Variables: Raw } } };
    const functions = this.resources('AWS::Lambda::Function') as unknown as Function[];
    return functions.map(({ Properties }) => Properties.Environment.Variables).find((all) => 'METRICS_NAMESPACE' in all)!;
  }

  private resources(type: string): Raw[] {
    return Object.values(Template.fromStack(this.stack).findResources(type)) as Raw[];
  }
}

/** Where spans and metrics go, in which form of sums. Without metrics where the destination takes none. */
const ADDRESSES: ReadonlyArray<[vendor: string, make: Make, traces: string, metrics?: string, temporality?: string]> = [
  [
    'OpenObserve',
    (secret) => OtlpDestination.openObserve('acme', secret),
    'https://api.openobserve.ai/api/acme/v1/traces',
    'https://api.openobserve.ai/api/acme/v1/metrics',
    'cumulative',
  ],
  [
    'OpenObserve of your own, with a slash',
    (secret) => OtlpDestination.openObserve('acme', secret, 'https://o2.example.com/'),
    'https://o2.example.com/api/acme/v1/traces',
    'https://o2.example.com/api/acme/v1/metrics',
    'cumulative',
  ],
  [
    'Grafana Cloud',
    (secret) => OtlpDestination.grafanaCloud('us-east-0', secret),
    'https://otlp-gateway-prod-us-east-0.grafana.net/otlp/v1/traces',
    'https://otlp-gateway-prod-us-east-0.grafana.net/otlp/v1/metrics',
    'cumulative',
  ],
  ['Arize', (secret) => OtlpDestination.arize('shop', secret), 'https://otlp.arize.com/v1/traces'],
  ['Langfuse', (secret) => OtlpDestination.langfuse(secret), 'https://cloud.langfuse.com/api/public/otel/v1/traces'],
  [
    'Langfuse in the US, with slashes',
    (secret) => OtlpDestination.langfuse(secret, 'https://us.cloud.langfuse.com//'),
    'https://us.cloud.langfuse.com/api/public/otel/v1/traces',
  ],
  [
    'Honeycomb',
    (secret) => OtlpDestination.honeycomb(secret),
    'https://api.honeycomb.io/v1/traces',
    'https://api.honeycomb.io/v1/metrics',
    'cumulative',
  ],
  [
    'Honeycomb in the EU',
    (secret) => OtlpDestination.honeycomb(secret, 'https://api.eu1.honeycomb.io'),
    'https://api.eu1.honeycomb.io/v1/traces',
    'https://api.eu1.honeycomb.io/v1/metrics',
    'cumulative',
  ],
  [
    'any other',
    (headersSecret) => OtlpDestination.endpoint('https://otlp.example.com/base/', { headersSecret }),
    'https://otlp.example.com/base/v1/traces',
    'https://otlp.example.com/base/v1/metrics',
    'cumulative',
  ],
];

const CONVERTERS: Raw = { delta: 'cumulativetodelta', cumulative: 'deltatocumulative' };

describe.each(ADDRESSES)('%s', (_, make, traces, metrics, temporality) => {
  // Each of its own, because an app is synthesized once.
  const rendered = (): Rendered => new Rendered(make);

  test('containers send spans there, with the headers as a secret', () => {
    const { container } = rendered();
    expect(container).toMatchObject({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_HEADERS: ARN,
    });
    // SDKs would add the path of a signal to the endpoint of all.
    expect(container).not.toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
  });

  test('the gateway sends spans and metrics there, with headers of its environment', () => {
    const { exporters, service } = rendered().gateway;
    const headers = '${env:DESTINATION1_HEADERS:-missing}';
    expect(exporters['otlp_http/destination1_traces']).toMatchObject({ traces_endpoint: traces, headers });
    expect(exporters['otlp_http/destination1_metrics']?.metrics_endpoint).toBe(metrics);
    const { processors = [] } = (service.pipelines['metrics/destination1'] ?? {}) as { processors?: string[] };
    expect(processors.at(-1)).toBe(temporality && CONVERTERS[temporality]);
  });

  test(metrics === undefined ? 'the meter refuses it' : 'the meter sends metrics there, with headers of the secret', () => {
    if (metrics === undefined) {
      expect(() => rendered().meter).toThrow("'otlp.destination' must take metrics, and it takes traces only");
      return;
    }
    expect(rendered().meter).toMatchObject({
      OTLP_METRICS_ENDPOINT: metrics,
      OTLP_TEMPORALITY: temporality,
      OTLP_HEADERS_SECRET_ARN: ARN,
    });
  });

  test('both texts of the secret have the same headers, the one of SDKs without a blank', () => {
    const { headersText, headersJson } = rendered().destination;
    expect(parseHeaders(headersText!)).toEqual(JSON.parse(headersJson!));
    expect(headersText).not.toMatch(/\s/);
  });
});

const arize: Make = (secret) => OtlpDestination.arize('shop', secret);
const cloudWatch: Make = () => OtlpDestination.cloudWatch();
const langfuse: Make = (secret) => OtlpDestination.langfuse(secret);

/** What a vendor asks for beyond its address, or what is easily done wrong with it; source: the documentation of each. */
const TRAPS: ReadonlyArray<[vendor: string, trap: string, make: Make, actual: (it: Rendered) => unknown, expected: unknown]> = [
  [
    'CloudWatch',
    'requests are signed for the service of each host',
    cloudWatch,
    ({ gateway: { exporters } }) => Object.values(exporters).map(({ auth }) => auth),
    [{ authenticator: 'sigv4auth/xray' }, { authenticator: 'sigv4auth/monitoring' }],
  ],
  [
    'CloudWatch',
    'the domain is another one in China',
    cloudWatch,
    ({ gateway: { exporters } }) => Object.values(exporters).map(({ traces_endpoint: one, metrics_endpoint: other }) => one ?? other),
    ['xray/v1/traces', 'monitoring/v1/metrics'].map((text) =>
      text.replace(/(\w+)(.*)/, 'https://$1.$${env:AWS_REGION}.$${env:AWS_URL_SUFFIX:-amazonaws.com}$2'),
    ),
  ],
  ['CloudWatch', 'sums are stored as they come', cloudWatch, ({ meter }) => meter.OTLP_TEMPORALITY, 'delta'],
  ['CloudWatch', 'there are no headers', cloudWatch, ({ container }) => container.OTEL_EXPORTER_OTLP_HEADERS, undefined],
  ['CloudWatch', 'the meter signs', cloudWatch, ({ meter }) => meter.OTLP_SIGNING_REGION, 'eu-central-1'],
  [
    'CloudWatch',
    'a request has at most 1,000 data points',
    cloudWatch,
    ({ gateway: { exporters } }) => exporters['otlp_http/destination1_metrics']!.sending_queue,
    expect.objectContaining({ batch: expect.objectContaining({ sizer: 'items', max_size: 900 }) as unknown }),
  ],
  [
    'Arize',
    'spans without a project are refused',
    arize,
    ({ container }) => container.OTEL_RESOURCE_ATTRIBUTES,
    'service.name=shop,openinference.project.name=shop',
  ],
  [
    'Arize',
    'spans without a project are refused, also those of the gateway',
    arize,
    ({ gateway: { processors } }) => processors['resource/destination1'],
    { attributes: [{ key: 'openinference.project.name', value: 'shop', action: 'upsert' }] },
  ],
  [
    'Arize',
    'headers have underscores',
    arize,
    ({ destination }) => Object.keys(parseHeaders(destination.headersText!)),
    ['space_id', 'api_key'],
  ],
  ['Arize', 'there are no metrics', arize, ({ gateway: { service } }) => Object.keys(service.pipelines), ['traces/destination1']],
  ['Langfuse', 'there are no metrics', langfuse, ({ gateway: { service } }) => Object.keys(service.pipelines), ['traces/destination1']],
  ['Langfuse', 'gRPC is not answered', langfuse, ({ gateway: { exporters } }) => Object.keys(exporters), ['otlp_http/destination1_traces']],
  [
    'Langfuse',
    'the version of its ingestion',
    langfuse,
    ({ destination }) => parseHeaders(destination.headersText!)['x-langfuse-ingestion-version'],
    '4',
  ],
  [
    'Honeycomb',
    'metrics without a dataset are in unknown_metrics',
    (secret) => OtlpDestination.honeycomb(secret),
    ({ destination }) => Object.keys(parseHeaders(destination.headersText!)),
    ['x-honeycomb-team', 'x-honeycomb-dataset'],
  ],
  [
    'OpenObserve',
    'spans and logs need a stream',
    (secret) => OtlpDestination.openObserve('acme', secret),
    ({ destination }) => parseHeaders(destination.headersText!),
    { Authorization: 'Basic BASE64(EMAIL:PASSWORD)', 'stream-name': 'default' },
  ],
];

test.each(TRAPS)('%s: %s', (_, __, make, actual, expected) => {
  expect(actual(new Rendered(make))).toEqual(expected);
});

test('signals of which a vendor has none are not asked for', () => {
  for (const [, make, , metrics] of ADDRESSES) {
    const { signals } = new Rendered(make).destination;
    expect(signals.includes(TRACES)).toBe(true);
    expect(signals.includes(METRICS)).toBe(metrics !== undefined);
  }
});
