import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AdotInstrumentation, AdotLayer, CostMeter, OtlpDestination } from '../../lib';
import { ADOT_JS_LAYERS, ADOT_PYTHON_LAYERS } from '../../lib/private/adot-layers';

const newStack = (region?: string) => new Stack(new App(), 'Test', region ? { env: { account: '111122223333', region } } : {});
const layerArn = 'arn:aws:lambda:eu-west-1:111122223333:layer:mine:1';
const NODE = lambda.Runtime.NODEJS_22_X;
const PYTHON = lambda.Runtime.PYTHON_3_13;

function functionIn(stack: Stack, runtime: lambda.Runtime, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  const code = lambda.Code.fromInline('code');
  return new lambda.Function(stack, 'Fn', { runtime, handler: 'index.handler', code, memorySize: 512, ...props });
}
const secretIn = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'otlp');
const warnings = (stack: Stack) =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => entry.data as string);

const COMMON = {
  AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_AWS_APPLICATION_SIGNALS_ENABLED: 'false',
  OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental',
  OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'false',
  AWS_REDACT_SPAN_ATTRIBUTES: 'aws.auth.account.access_key',
};

test.each<[string, lambda.Runtime, string, object]>([
  ['Node.js', NODE, 'AWSOpenTelemetryDistroJs:16', {}],
  ['Python', PYTHON, 'AWSOpenTelemetryDistroPython:26', { OTEL_PYTHON_DISTRO: 'aws_distro', OTEL_PYTHON_CONFIGURATOR: 'aws_configurator' }],
])('a function in %s', (_, runtime, layer, more) => {
  const stack = newStack('eu-west-1');
  new AdotInstrumentation().instrumentFunction(functionIn(stack, runtime));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { ...COMMON, ...more } },
    TracingConfig: { Mode: 'Active' },
  });
  expect(JSON.stringify(template.toJSON())).toContain(`:layer:${layer}`);
  expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('xray:PutTraceSegments');
  expect(warnings(stack)).toEqual([]);
});

test('in a stack without a Region the layer is looked up when it is deployed', () => {
  const stack = newStack();
  new AdotInstrumentation().instrumentFunction(functionIn(stack, PYTHON));
  expect(Object.values(Template.fromStack(stack).findMappings('*'))).toEqual([ADOT_PYTHON_LAYERS]);
  expect(Object.keys(ADOT_PYTHON_LAYERS).sort()).toEqual(Object.keys(ADOT_JS_LAYERS).sort());
});

test('a collector takes spans from its own endpoint, because functions do not read the general one', () => {
  const stack = newStack('eu-west-1');
  const destination = OtlpDestination.endpoint('http://collector.internal:4318');
  new AdotInstrumentation({ destination, content: true }).instrumentFunction(functionIn(stack, NODE));
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector.internal:4318/v1/traces',
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
      }),
    },
  });
});

test('Application Signals, where it is asked for', () => {
  const stack = newStack('eu-west-1');
  new AdotInstrumentation({ applicationSignals: true }).instrumentFunction(functionIn(stack, NODE));
  const text = JSON.stringify(Template.fromStack(stack).toJSON());
  expect(text).toContain('CloudWatchLambdaApplicationSignalsExecutionRolePolicy');
  expect(text).toContain('"OTEL_AWS_APPLICATION_SIGNALS_ENABLED":"true"');
});

/** What would fail without a word when it runs. */
const REFUSED: ReadonlyArray<[string, (stack: Stack) => void, string]> = [
  [
    'a container image',
    (stack) => {
      const code = lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'repository'));
      new AdotInstrumentation().instrumentFunction(new lambda.DockerImageFunction(stack, 'Fn', { code }));
    },
    "'Test/Fn' is a container image, which takes no layers: copy the content of the layer to /opt",
  ],
  [
    'another language',
    (stack) =>
      new AdotInstrumentation().instrumentFunction(
        functionIn(stack, lambda.Runtime.RUBY_3_4, {
          code: lambda.Code.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'bucket'), 'key'),
        }),
      ),
    'has the runtime ruby3.4, which has no layer here',
  ],
  [
    'an old Python',
    (stack) => new AdotInstrumentation().instrumentFunction(functionIn(stack, lambda.Runtime.PYTHON_3_9)),
    'has the runtime python3.9',
  ],
  [
    'another wrapper',
    (stack) =>
      new AdotInstrumentation().instrumentFunction(functionIn(stack, NODE, { environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/other' } })),
    "is started by '/opt/other' already",
  ],
  [
    'twice',
    (stack) => {
      const fn = functionIn(stack, NODE);
      const adot = new AdotInstrumentation();
      adot.instrumentFunction(fn);
      adot.instrumentFunction(fn);
    },
    "is started by '/opt/otel-instrument' already",
  ],
  [
    'the collector layer of ADOT',
    (stack) => {
      const arn = 'arn:aws:lambda:eu-west-1:901920570463:layer:aws-otel-nodejs-amd64-ver-1-30-2:1';
      new AdotInstrumentation().instrumentFunction(
        functionIn(stack, NODE, { layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'L', arn)] }),
      );
    },
    'has a layer of OpenTelemetry already, and two would make each span twice',
  ],
  [
    'a sixth layer',
    (stack) => {
      const layers = [1, 2, 3, 4, 5].map((n) => lambda.LayerVersion.fromLayerVersionArn(stack, `L${n}`, `${layerArn}${n}`));
      new AdotInstrumentation().instrumentFunction(functionIn(stack, NODE, { layers }));
    },
    'has 5 layers, and a function takes no more than 5',
  ],
  [
    'a destination with headers',
    (stack) =>
      new AdotInstrumentation({ destination: OtlpDestination.honeycomb(secretIn(stack)) }).instrumentFunction(functionIn(stack, NODE)),
    'cannot send to a destination with headers, because the environment of a function shows them in plain text',
  ],
  [
    'Application Signals beside another destination',
    (stack) =>
      new AdotInstrumentation({ applicationSignals: true, destination: OtlpDestination.endpoint('http://c:4318') }).instrumentFunction(
        functionIn(stack, NODE),
      ),
    'would publish the metrics of Application Signals to CloudWatch and its spans elsewhere',
  ],
];

test.each(REFUSED)('refused: %s', (_, make, message) => expect(() => make(newStack('eu-west-1'))).toThrow(message));

test('GovCloud has no layer', () => {
  expect(() => new AdotInstrumentation().instrumentFunction(functionIn(newStack('us-gov-west-1'), NODE))).toThrow(
    "'adotLayer' has no default in Region 'us-gov-west-1'",
  );
  const own = new AdotInstrumentation({ nodeLayer: AdotLayer.fromArn(layerArn), pythonLayer: AdotLayer.fromArn(layerArn) });
  expect(() => own.instrumentFunction(functionIn(newStack('us-gov-west-1'), NODE))).not.toThrow();
});

test('warned about: a bundle in CommonJS, little memory, and tracing that waits for its caller', () => {
  const stack = newStack('eu-west-1');
  const code = lambda.Code.fromInline('code');
  const props = { runtime: NODE, handler: 'index.handler', code, memorySize: 128, tracing: lambda.Tracing.PASS_THROUGH };
  new AdotInstrumentation().instrumentFunction(new NodejsFunction(stack, 'Fn', props));
  expect(warnings(stack)).toEqual([
    expect.stringMatching(/Cannot redefine property: handler.*AdotInstrumentation.commonJs/),
    expect.stringMatching(/has 128 MB.*AdotInstrumentation.memory/),
    expect.stringMatching(/PassThrough.*AdotInstrumentation.passThrough/),
  ]);
});

test('as an aspect: what can be instrumented is, and what is left out is said', () => {
  const stack = newStack('eu-west-1');
  functionIn(stack, NODE);
  new CostMeter(stack, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records') });
  new lambda.SingletonFunction(stack, 'S', {
    uuid: '0c1e2f3a-0000-4000-8000-000000000000',
    runtime: NODE,
    handler: 'i.h',
    code: lambda.Code.fromInline('x'),
  });
  Aspects.of(stack).add(new AdotInstrumentation());
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')) as Array<{
    Properties: { Environment?: { Variables: Record<string, string> } };
  }>;
  expect(functions.filter(({ Properties }) => Properties.Environment?.Variables.OTEL_SEMCONV_STABILITY_OPT_IN)).toHaveLength(1);
  const infos = Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => entry.data as string);
  expect(infos.filter((info) => info.includes('AdotInstrumentation.leftOut'))).toEqual([expect.stringContaining('Test/Meter/')]);
});
