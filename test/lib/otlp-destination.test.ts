import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { OtlpDestination, OtlpProtocol, OtlpSignal, OtlpTemporality } from '../../lib';

const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'otlp');
const { TRACES, METRICS, LOGS } = OtlpSignal;
const ALL = [TRACES, METRICS, LOGS];

const HTTP = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' };
const otlp = (base: string) => ({
  ...HTTP,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${base}/v1/traces`,
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${base}/v1/metrics`,
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${base}/v1/logs`,
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'cumulative',
});
const tracesOnly = (base: string) => ({
  ...HTTP,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${base}/v1/traces`,
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
});

/** Each vendor, with what its documentation asks for. */
const VENDORS: ReadonlyArray<[string, OtlpDestination, Record<string, string>, string]> = [
  [
    'OpenObserve: the path of the organization, without a slash at its end',
    OtlpDestination.openObserve('acme', secret),
    otlp('https://api.openobserve.ai/api/acme'),
    'Authorization=Basic%20BASE64(EMAIL:PASSWORD),stream-name=default',
  ],
  [
    'OpenObserve of your own',
    OtlpDestination.openObserve('acme', secret, 'https://o2.example.com/'),
    otlp('https://o2.example.com/api/acme'),
    'Authorization=Basic%20BASE64(EMAIL:PASSWORD),stream-name=default',
  ],
  [
    'Grafana Cloud: cumulative, because delta is refused; a percent-encoded blank, because Python refuses a blank',
    OtlpDestination.grafanaCloud('us-east-0', secret),
    otlp('https://otlp-gateway-prod-us-east-0.grafana.net/otlp'),
    'Authorization=Basic%20BASE64(INSTANCE:TOKEN)',
  ],
  ['Arize: traces only', OtlpDestination.arize('shop', secret), tracesOnly('https://otlp.arize.com'), 'space_id=SPACE,api_key=KEY'],
  [
    'Langfuse: traces only',
    OtlpDestination.langfuse(secret, 'https://us.cloud.langfuse.com'),
    tracesOnly('https://us.cloud.langfuse.com/api/public/otel'),
    'Authorization=Basic%20BASE64(PUBLIC_KEY:SECRET_KEY),x-langfuse-ingestion-version=4',
  ],
  [
    'Honeycomb: a dataset for metrics',
    OtlpDestination.honeycomb(secret, 'https://api.eu1.honeycomb.io'),
    otlp('https://api.eu1.honeycomb.io'),
    'x-honeycomb-team=KEY,x-honeycomb-dataset=DATASET',
  ],
];

test.each(VENDORS)('%s', (_, destination, environment, headersText) => {
  expect(destination._environment(stack, ALL)).toEqual(environment);
  expect(destination.headersText).toBe(headersText);
  expect(destination.headersSecret).toBe(secret);
});

test('Arize needs the name of the project on each span', () => {
  expect(OtlpDestination.arize('shop', secret)._resourceAttributes).toEqual({ 'openinference.project.name': 'shop' });
});

test('CloudWatch: a host for each signal, delta, and no headers', () => {
  const destination = OtlpDestination.cloudWatch();
  expect(stack.resolve(destination._environment(stack, ALL))).toMatchObject({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: { 'Fn::Join': ['', ['https://xray.eu-central-1.', { Ref: 'AWS::URLSuffix' }, '/v1/traces']] },
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: {
      'Fn::Join': ['', ['https://monitoring.eu-central-1.', { Ref: 'AWS::URLSuffix' }, '/v1/metrics']],
    },
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: { 'Fn::Join': ['', ['https://logs.eu-central-1.', { Ref: 'AWS::URLSuffix' }, '/v1/logs']] },
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
  });
  expect([destination.headersSecret, destination.headersText]).toEqual([undefined, undefined]);
});

test('CloudWatch is the only one that AWS asks for permissions', () => {
  const own = new Stack();
  const [one, other] = ['One', 'Other'].map((id) => new iam.Role(own, id, { assumedBy: new iam.AccountRootPrincipal() }));
  OtlpDestination.cloudWatch().grantSend(one!);
  OtlpDestination.endpoint('http://collector:4318').grantSend(other!);
  const policies = Object.values(Template.fromStack(own).findResources('AWS::IAM::Policy'));
  expect(policies).toHaveLength(1);
  expect(JSON.stringify(policies)).toContain('xray:PutTraceSegments');
});

test('signals that are not sent are switched off, not left to the default', () => {
  expect(OtlpDestination.honeycomb(secret)._environment(stack, [TRACES])).toEqual(tracesOnly('https://api.honeycomb.io'));
});

test.each([
  ['https://a.example.com', 'https://a.example.com/v1/traces'],
  ['https://a.example.com/', 'https://a.example.com/v1/traces'],
  ['https://a.example.com/otlp//', 'https://a.example.com/otlp/v1/traces'],
  ['http://collector.internal:4318', 'http://collector.internal:4318/v1/traces'],
  ['http://[::1]:4318', 'http://[::1]:4318/v1/traces'],
  ['HTTPS://A.example.com/v2/otlp', 'HTTPS://A.example.com/v2/otlp/v1/traces'],
])('%s → %s', (endpoint, expected) => {
  expect(OtlpDestination.endpoint(endpoint).endpointFor(stack, TRACES)).toBe(expected);
});

test('gRPC has no paths', () => {
  const destination = OtlpDestination.endpoint('https://a.example.com:4317', { protocol: OtlpProtocol.GRPC });
  expect(destination._environment(stack, ALL)).toMatchObject({
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://a.example.com:4317',
  });
});

test.each<[string, object, string]>([
  ['a.example.com', {}, "'endpoint' must be a URL such as 'https://api.example.com/otlp', got 'a.example.com'"],
  ['a.example.com:4318', {}, "'endpoint' must begin with https:// or http://, got 'a.example.com:4318'"],
  ['', {}, "'endpoint' must be a URL such as"],
  [' https://a.example.com', {}, "'endpoint' must be a URL such as"],
  ['https://a.example.com\n', {}, "'endpoint' must be a URL such as"],
  ['grpc://a.example.com', {}, "'endpoint' must begin with https:// or http://"],
  ['https//a.example.com', {}, "'endpoint' must be a URL such as"],
  ['//a.example.com', {}, "'endpoint' must be a URL such as"],
  ['https://', {}, "'endpoint' must be a URL such as"],
  ['https://a.example.com:99999', {}, "'endpoint' must be a URL such as"],
  ['127.0.0.1:4318', {}, "'endpoint' must be a URL such as"],
  ['localhost:4318', {}, "'endpoint' must begin with https:// or http://"],
  ['"https://a.example.com"', {}, "'endpoint' must be a URL such as"],
  ['https://a.example.com/<tenant>', {}, "'endpoint' must be a URL such as"],
  ['https://{tenant}.example.com', {}, "'endpoint' must be a URL such as"],
  ['https://a.example.com/$TENANT', {}, "'endpoint' must be a URL such as"],
  ['https://a.example.com\\otlp', {}, "'endpoint' must be a URL such as"],
  ['https://a.example.com,https://b.example.com', {}, "'endpoint' must name one host"],
  ['https://a.example.com/v1', {}, "'endpoint' must be the base of all signals"],
  ['https://a.example.com/v1/trace', {}, "'endpoint' must be the base of all signals"],
  ['https://a.example.com/otlp/V1/Metrics', {}, "'endpoint' must be the base of all signals"],
  [
    'https://ann:secret@a.example.com',
    {},
    "'endpoint' must not hold credentials: put them into the headers of the secret, got 'https://***@a.example.com'",
  ],
  ['https://ann:se/cret@a.example.com', {}, "got 'https://***@a.example.com'"],
  ['https://ann:se cret@a.example.com', {}, "got 'https://***@a.example.com'"],
  ['https://a.example.com?key=1', {}, "'endpoint' must not have a query or a fragment"],
  ['https://a.example.com/v1/traces', {}, "'endpoint' must be the base of all signals: leave out /v1/traces and the like"],
  ['https://a.example.com/otlp/v1/logs/', {}, "'endpoint' must be the base of all signals"],
  ['https://a.example.com:4317', {}, "'endpoint' has the port of grpc, and the protocol is http/protobuf: change one of them"],
  ['https://a.example.com:4318', { protocol: OtlpProtocol.GRPC }, "'endpoint' has the port of http/protobuf, and the protocol is grpc"],
  ['https://a.example.com/otlp', { protocol: OtlpProtocol.GRPC }, "'endpoint' must have no path, because gRPC has none"],
  ['http://a.example.com', { headersSecret: secret }, "'endpoint' must begin with https://, or the headers would be sent in plain text"],
  ['https://a.example.com', { signals: [] }, "'signals' must name at least one signal, got none"],
])('%j %j is refused', (endpoint, options, message) => {
  expect(() => OtlpDestination.endpoint(endpoint, options)).toThrow(message);
});

test.each<[string, () => OtlpDestination]>([
  ["'organization' must be a name", () => OtlpDestination.openObserve('a/b', secret)],
  ["'zone' must be a name", () => OtlpDestination.grafanaCloud('https://otlp', secret)],
  ["'project' must be a name", () => OtlpDestination.arize('a,b=c', secret)],
  [
    "'baseUrl' must be without a path such as /api/acme",
    () => OtlpDestination.openObserve('acme', secret, 'https://o2.example.com/api/acme'),
  ],
  [
    "'baseUrl' must be without a path such as /api/public/otel",
    () => OtlpDestination.langfuse(secret, 'https://l.example.com/api/public/otel/'),
  ],
  ["'baseUrl' must begin with https://", () => OtlpDestination.langfuse(secret, 'http://langfuse.internal')],
])('%s', (message, make) => expect(make).toThrow(message));

test('an endpoint that is known when the stack is deployed', () => {
  const endpoint = new CfnParameter(new Stack(), 'Endpoint').valueAsString;
  expect(OtlpDestination.endpoint(endpoint, { temporality: OtlpTemporality.DELTA }).endpointFor(stack, LOGS)).toBe(`${endpoint}/v1/logs`);
});
