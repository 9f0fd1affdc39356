import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { AdotInstrumentationProps } from '../adot-instrumentation';
import { AdotLayer } from '../adot-layer';
import { OtlpSignal } from '../otlp-signal';
import { GENAI_ENVIRONMENT, PYTHON_ENVIRONMENT } from './adot-environment';
import { addWarning } from './warning';

/** Source: AWS Lambda Developer Guide, "Lambda quotas". */
const MAX_LAYERS = 5;

/** Loaded, the layer takes about 60 MB more than a bare function of 44 MB. */
const LEAST_MEMORY = 256;

const OTHER_LAYERS = /AWSOpenTelemetryDistro|aws-otel-|opentelemetry-(nodejs|python|collector)/;

interface Rendered {
  readonly wrapper?: string;
  readonly layers: readonly unknown[];
  readonly tracing?: string;
}

/** What was said so far about the function. */
function rendered(fn: lambda.Function): Rendered {
  const resource = fn.node.defaultChild as lambda.CfnFunction;
  const { environment, layers, tracingConfig } = Stack.of(fn).resolve({
    environment: resource.environment,
    layers: resource.layers,
    tracingConfig: resource.tracingConfig,
  }) as { environment?: { variables?: Record<string, string> }; layers?: unknown[]; tracingConfig?: { mode?: string } };
  return { wrapper: environment?.variables?.AWS_LAMBDA_EXEC_WRAPPER, layers: layers ?? [], tracing: tracingConfig?.mode };
}

const versionOf = ({ runtime }: lambda.Function): readonly number[] =>
  (/\d+(?:\.\d+)?/.exec(runtime.name)?.[0] ?? '0').split('.').map(Number);

const isNode = ({ runtime }: lambda.Function): boolean => runtime.family === lambda.RuntimeFamily.NODEJS;
const isPython = ({ runtime }: lambda.Function): boolean => runtime.family === lambda.RuntimeFamily.PYTHON;

/** Functions that the CDK makes for itself have a hash in their id, those of custom resources a type. */
export const isOfTheCdk = ({ node }: lambda.Function): boolean => /[0-9a-f]{32}$|Custom::|framework-on/.test(node.path);

/** Why a function cannot be instrumented, each with the way out; undefined if it can. */
export function functionFault(fn: lambda.Function, props: AdotInstrumentationProps): string | undefined {
  const { wrapper, layers } = rendered(fn);
  if (fn.runtime === lambda.Runtime.FROM_IMAGE) {
    return 'is a container image, which takes no layers: copy the content of the layer to /opt in its Dockerfile, and set its environment there';
  }
  const [major = 0, minor = 0] = versionOf(fn);
  if (!(isNode(fn) && major >= 18) && !(isPython(fn) && major === 3 && minor >= 10)) {
    return `has the runtime ${fn.runtime.name}, which has no layer here: Node.js from 18 and Python from 3.10 have`;
  }
  if (wrapper !== undefined) {
    return `is started by '${wrapper}' already (AWS_LAMBDA_EXEC_WRAPPER), and a function has one wrapper: leave one of the two out`;
  }
  if (layers.some((layer) => OTHER_LAYERS.test(JSON.stringify(layer)))) {
    return 'has a layer of OpenTelemetry already, and two would make each span twice: leave one of the two out';
  }
  if (layers.length >= MAX_LAYERS) {
    return `has ${layers.length} layers, and a function takes no more than ${MAX_LAYERS}: put some together`;
  }
  return destinationFault(props);
}

function destinationFault({ destination, applicationSignals }: AdotInstrumentationProps): string | undefined {
  if (destination?.headersSecret !== undefined) {
    return (
      'cannot send to a destination with headers, because the environment of a function shows them in plain text: ' +
      'send to a collector that adds them, with OtlpDestination.endpoint(…), or to CloudWatch'
    );
  }
  if (applicationSignals && destination && !destination._isCloudWatch) {
    return 'would publish the metrics of Application Signals to CloudWatch and its spans elsewhere: leave applicationSignals or the destination out';
  }
  return undefined;
}

export function instrumentFunction(fn: lambda.Function, props: AdotInstrumentationProps): void {
  const {
    destination,
    applicationSignals = false,
    content = false,
    nodeLayer = AdotLayer.LATEST,
    pythonLayer = AdotLayer.LATEST_PYTHON,
  } = props;
  (isNode(fn) ? nodeLayer : pythonLayer)._addTo(fn);
  const environment: Record<string, string> = {
    AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_AWS_APPLICATION_SIGNALS_ENABLED: String(applicationSignals),
    ...GENAI_ENVIRONMENT(content),
    ...(isPython(fn) && PYTHON_ENVIRONMENT),
    // Without an endpoint of their own, spans take the fast way over UDP to the X-Ray daemon of Lambda.
    ...(destination && !destination._isCloudWatch && destination._environment(fn, [OtlpSignal.TRACES])),
  };
  Object.entries(environment).forEach(([name, value]) => fn.addEnvironment(name, value));
  traceActively(fn);
  if (applicationSignals) {
    fn.role?.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchLambdaApplicationSignalsExecutionRolePolicy'));
  }
  warn(fn);
}

/** Lambda makes no trace by itself in the mode PassThrough, which is the default: without a sampled caller nothing would be seen. */
function traceActively(fn: lambda.Function): void {
  if (rendered(fn).tracing === undefined) {
    (fn.node.defaultChild as lambda.CfnFunction).tracingConfig = { mode: lambda.Tracing.ACTIVE };
  }
  // Neither action supports permissions for single resources.
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }));
}

function warn(fn: lambda.Function): void {
  const { memorySize } = fn.node.defaultChild as lambda.CfnFunction;
  const [major = 0] = versionOf(fn);
  if (isNode(fn) && major <= 22 && fn instanceof NodejsFunction) {
    addWarning(
      fn,
      'AdotInstrumentation.commonJs',
      `${fn.node.path} ends at start with "Cannot redefine property: handler" if it is bundled as CommonJS with an export of its handler: ` +
        'set bundling.format to OutputFormat.ESM, or the runtime to Node.js 24, and acknowledge this warning',
    );
  }
  if ((memorySize ?? 128) < LEAST_MEMORY) {
    addWarning(
      fn,
      'AdotInstrumentation.memory',
      `${fn.node.path} has ${memorySize ?? 128} MB, and the layer takes up to 60 MB and, with little memory, most of a second to start: set memorySize to ${LEAST_MEMORY} or more`,
    );
  }
  if (rendered(fn).tracing === lambda.Tracing.PASS_THROUGH) {
    addWarning(
      fn,
      'AdotInstrumentation.passThrough',
      `${fn.node.path} has the tracing mode PassThrough and makes spans only where its caller is sampled: set tracing to ACTIVE`,
    );
  }
}
