import { Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ADOT_JS_LAYERS, ADOT_PYTHON_LAYERS, AdotLayerRow } from './private/adot-layers';

/**
 * The AWS Distro for OpenTelemetry (ADOT) layer that traces a function of this library.
 *
 * The layer is used for traces only. Metrics are published by the function's own OpenTelemetry `MeterProvider`, with or without
 * the layer.
 */
export class AdotLayer {
  /**
   * The newest layer of the Region to which the stack is deployed, as of this version of the library.
   *
   * For a Region without a known layer, such as the GovCloud Regions, use `AdotLayer.fromArn` or `AdotLayer.NONE`.
   */
  public static readonly LATEST = new AdotLayer((scope) => latestArn(scope, 'Js', ADOT_JS_LAYERS), true);

  /**
   * The same for functions in Python, which `AdotInstrumentation` instruments.
   */
  public static readonly LATEST_PYTHON = new AdotLayer((scope) => latestArn(scope, 'Python', ADOT_PYTHON_LAYERS), true);

  /**
   * No layer. AWS X-Ray still traces the function, without the spans that the layer adds.
   */
  public static readonly NONE = new AdotLayer(() => '', false);

  /**
   * A certain layer version, for example a copy in your own account.
   *
   * @param layerVersionArn the ARN of the layer version, with its version number
   */
  public static fromArn(layerVersionArn: string): AdotLayer {
    if (!Token.isUnresolved(layerVersionArn) && !/^arn:[^:]+:lambda:[^:]+:[^:]+:layer:[^:]+:[^:]+$/.test(layerVersionArn)) {
      throw new Error(
        `'layerVersionArn' must be the ARN of a Lambda layer version (arn:<partition>:lambda:<region>:<account>:layer:<name>:<version>), got '${layerVersionArn}'`,
      );
    }
    return new AdotLayer(() => layerVersionArn, true);
  }

  private constructor(
    private readonly arn: (scope: Construct) => string,
    private readonly attached: boolean,
  ) {}

  /**
   * Attaches the layer to a function and starts the function through it.
   *
   * @internal
   */
  public _attachTo(fn: lambda.Function): void {
    if (!this.attached) {
      return;
    }
    this._addTo(fn);
    const environment: Record<string, string> = {
      AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument',
      // Traces only: the metrics exporter of the layer cannot set the time of the call, and Application Signals bills its metrics.
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_AWS_APPLICATION_SIGNALS_ENABLED: 'false',
    };
    for (const [name, value] of Object.entries(environment)) {
      fn.addEnvironment(name, value);
    }
  }

  /**
   * Attaches the layer to a function, without the environment that starts it.
   *
   * @internal
   */
  public _addTo(fn: lambda.Function): void {
    if (this.attached) {
      fn.addLayers(lambda.LayerVersion.fromLayerVersionArn(fn, 'AdotLayer', this.arn(fn)));
    }
  }
}

function latestArn(scope: Construct, language: 'Js' | 'Python', rows: Readonly<Record<string, AdotLayerRow>>): string {
  const region = Stack.of(scope).region;
  if (Token.isUnresolved(region)) {
    const layers = new CfnMapping(scope, 'AdotLayers', {
      mapping: Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { ...row }])),
    });
    return layerArn(language, Aws.REGION, layers.findInMap(Aws.REGION, 'account'), layers.findInMap(Aws.REGION, 'version'));
  }
  const row = rows[region];
  if (!row) {
    throw new Error(`'adotLayer' has no default in Region '${region}': set adotLayer to AdotLayer.fromArn(…) or to AdotLayer.NONE`);
  }
  return layerArn(language, region, row.account, row.version);
}

function layerArn(language: string, region: string, account: string, version: string): string {
  return `arn:${Aws.PARTITION}:lambda:${region}:${account}:layer:AWSOpenTelemetryDistro${language}:${version}`;
}
