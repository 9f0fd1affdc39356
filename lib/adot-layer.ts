import { Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ADOT_JS_LAYERS } from './private/adot-layers';

/**
 * The AWS Distro for OpenTelemetry (ADOT) layer that traces a function of this library.
 *
 * The layer is used for traces only: metrics leave through the function's own OpenTelemetry `MeterProvider`, whatever the
 * state of the layer.
 */
export class AdotLayer {
  /**
   * The newest layer of the Region that the stack is deployed to.
   *
   * GovCloud has no layer; there, and in a Region this version does not know, use `AdotLayer.fromArn` or `AdotLayer.NONE`.
   */
  public static readonly LATEST = new AdotLayer(AdotLayer.latestArn, true);

  /**
   * No layer: the function is still traced by AWS X-Ray, without spans of its own.
   */
  public static readonly NONE = new AdotLayer(() => '', false);

  /**
   * A layer of your choice, for example one copied into your own account.
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

  private static latestArn(this: void, scope: Construct): string {
    const region = Stack.of(scope).region;
    if (Token.isUnresolved(region)) {
      const layers = new CfnMapping(scope, 'AdotLayers', {
        mapping: Object.fromEntries(Object.entries(ADOT_JS_LAYERS).map(([name, row]) => [name, { ...row }])),
      });
      return layerArn(Aws.REGION, layers.findInMap(Aws.REGION, 'account'), layers.findInMap(Aws.REGION, 'version'));
    }
    const row = ADOT_JS_LAYERS[region];
    if (!row) {
      throw new Error(`'adotLayer' has no default in Region '${region}': set adotLayer to AdotLayer.fromArn(…) or to AdotLayer.NONE`);
    }
    return layerArn(region, row.account, row.version);
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
    fn.addLayers(lambda.LayerVersion.fromLayerVersionArn(fn, 'AdotLayer', this.arn(fn)));
    const environment: Record<string, string> = {
      AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument',
      // Traces only: the layer's metrics exporter cannot stamp event time, Application Signals would mint paid metrics.
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_AWS_APPLICATION_SIGNALS_ENABLED: 'false',
    };
    for (const [name, value] of Object.entries(environment)) {
      fn.addEnvironment(name, value);
    }
  }
}

function layerArn(region: string, account: string, version: string): string {
  return `arn:${Aws.PARTITION}:lambda:${region}:${account}:layer:AWSOpenTelemetryDistroJs:${version}`;
}
