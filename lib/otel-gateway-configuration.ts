import { writeFileSync } from 'node:fs';
import { Token } from 'aws-cdk-lib';
import { OtelGatewayOptions } from './otel-gateway-options';
import { collectorConfiguration } from './private/gateway/collector-configuration';
import { headersVariable, namedDestinations } from './private/gateway/exporters';
import { checkGateway } from './private/gateway/gateway-checks';
import { GATEWAY_IMAGE } from './private/gateway/gateway-image';

/**
 * The configuration of a gateway for the OpenTelemetry Collector, for where `OtelGateway` does not run it: Amazon EKS, a virtual
 * machine, a container of your own.
 *
 * It needs the collector of `OtelGatewayConfiguration.IMAGE`, AWS_REGION where a destination is CloudWatch, and the variables of
 * `headersVariables`.
 */
export class OtelGatewayConfiguration {
  /**
   * The image that has all components of the configuration, and whose version it is tested with.
   */
  public static readonly IMAGE = GATEWAY_IMAGE;

  /**
   * The variables of the environment that hold the headers of destinations, in the order of these, as JSON objects.
   */
  public readonly headersVariables: string[];

  constructor(private readonly options: OtelGatewayOptions) {
    checkGateway(options);
    this.headersVariables = namedDestinations(options.destinations)
      .filter(({ destination }) => destination.headersSecret)
      .map(({ name }) => headersVariable(name));
  }

  /**
   * The configuration in JSON, which collectors read as YAML.
   */
  public toText(): string {
    return JSON.stringify(collectorConfiguration(this.options), undefined, 2);
  }

  /**
   * Writes the configuration into a file, for `--config=file:FILE` of the collector.
   *
   * @param file its path
   */
  public writeFile(file: string): void {
    const text = this.toText();
    if (Token.isUnresolved(text)) {
      throw new Error(`'destinations' and 'resourceAttributes' must be known at synth to be written into '${file}'`);
    }
    writeFileSync(file, `${text}\n`);
  }
}
