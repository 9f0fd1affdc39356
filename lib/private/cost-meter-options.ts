import { Aws, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { CostMeterOptions } from '../cost-meter-options';
import type { Ledger } from '../ledger';
import type { MeterDimension } from '../meter-dimension';
import type { OtlpMetricsOptions } from '../otlp-metrics-options';
import { OtlpProtocol } from '../otlp-protocol';
import { OtlpSignal } from '../otlp-signal';
import { requireProfileRoleName } from './profile-role';
import { capForDimensions, DEFAULT_NAMESPACE, DIMENSION_CAP } from '../../engine/telemetry/names';
import { shown } from './validation';

/** Throws for options that the meter or CloudWatch would not accept. */
export function checkCostMeterOptions(options: CostMeterOptions): void {
  const { metricNamespace, dimensions, dimensionCap, profileRoleName, otlp } = options;
  requireMetricNamespace(metricNamespace);
  requireProfileRoleName(profileRoleName);
  requireMetricsDestination(otlp);
  checkDimensions(dimensions ?? [], dimensionCap);
}

export function requireMetricNamespace(metricNamespace: string | undefined): void {
  if (
    metricNamespace !== undefined &&
    !Token.isUnresolved(metricNamespace) &&
    !/^(?!AWS\/)[A-Za-z0-9._/#: -]{1,255}$/.test(metricNamespace)
  ) {
    throw new Error(`'metricNamespace' must be 1 to 255 letters, digits or ._/#:- and must not start with AWS/, got '${metricNamespace}'`);
  }
}

function requireMetricsDestination(otlp: OtlpMetricsOptions | undefined): void {
  if (otlp && !otlp.destination.signals.includes(OtlpSignal.METRICS)) {
    throw new Error(
      `'otlp.destination' must take metrics, and it takes ${otlp.destination.signals.join(' and ')} only: ` +
        `use another destination, for example OtlpDestination.cloudWatch()`,
    );
  }
  if (otlp && otlp.destination._protocol === OtlpProtocol.GRPC) {
    throw new Error(
      `'otlp.destination' must be reached over HTTP, got ${OtlpProtocol.GRPC}: use the endpoint for HTTP, of a collector the port 4318`,
    );
  }
}

function checkDimensions(dimensions: readonly MeterDimension[], dimensionCap: number | undefined): void {
  const names = new Set(dimensions.map(({ _name }) => _name));
  const most = capForDimensions(names.size);
  if (most < 1 || (dimensionCap === undefined && DIMENSION_CAP.DEFAULT > most)) {
    throw new Error(
      `'dimensions' must not be so many that their values are more than ${DIMENSION_CAP.SUM} together, got ${names.size} ` +
        `with up to ${DIMENSION_CAP.DEFAULT} values each: ${most < 1 ? 'leave some out' : `set 'dimensionCap' to ${most} or less, or leave some out`}`,
    );
  }
  if (dimensionCap === undefined) {
    return;
  }
  if (!Token.isUnresolved(dimensionCap) && (!Number.isInteger(dimensionCap) || dimensionCap < 1 || dimensionCap > DIMENSION_CAP.MAX)) {
    throw new Error(`'dimensionCap' must be a whole number from 1 to ${DIMENSION_CAP.MAX}, got ${dimensionCap}`);
  }
  if (dimensions.length === 0) {
    throw new Error(`'dimensionCap' has nothing to cap, got ${shown(dimensionCap)}: set 'dimensions' too, or leave it out`);
  }
  if (!Token.isUnresolved(dimensionCap) && dimensionCap > most) {
    throw new Error(
      `'dimensionCap' must be ${most} or less with ${names.size} 'dimensions', because the values of the model and of all dimensions ` +
        `must not be more than ${DIMENSION_CAP.SUM} together, got ${dimensionCap}: lower it, or leave some of 'dimensions' out`,
    );
  }
}

/** What the function reads about its export over OTLP. Headers are read from the secret when they are needed. */
export function otlpEnvironment(scope: Construct, otlp: OtlpMetricsOptions | undefined): Record<string, string> {
  if (!otlp) {
    return {};
  }
  const { destination, modelPrices = false, embeddedMetrics = true } = otlp;
  return {
    OTLP_METRICS_ENDPOINT: destination.endpointFor(scope, OtlpSignal.METRICS),
    OTLP_TEMPORALITY: destination.temporality,
    ...(destination.headersSecret && { OTLP_HEADERS_SECRET_ARN: destination.headersSecret.secretArn }),
    ...(destination._isCloudWatch && { OTLP_SIGNING_REGION: Stack.of(scope).region }),
    ...(modelPrices && { OTLP_MODEL_PRICES: 'on' }),
    ...(!embeddedMetrics && { EMBEDDED_METRICS: 'none' }),
  };
}

/** What the function of the meter reads from its environment. */
export function meterEnvironment(options: CostMeterOptions, ledger: Ledger): Record<string, string> {
  const { metricNamespace = DEFAULT_NAMESPACE, dimensions = [], dimensionCap = DIMENSION_CAP.DEFAULT } = options;
  const { requestMetadataKeys = [], promptHashSecret, table } = ledger._options;
  return {
    METRICS_NAMESPACE: metricNamespace,
    LEDGER: ledger._form,
    ...(table && { LEDGER_STREAM: table.deliveryStream.ref }),
    ...(options.tokenTypes === false && { TOKEN_TYPES: 'none' }),
    ...(requestMetadataKeys.length > 0 && { METADATA_KEYS: requestMetadataKeys.join(',') }),
    ...(dimensions.length > 0 && {
      DIMENSIONS: dimensions.map((dimension) => dimension._name).join(','),
      DIMENSION_CAP: `${dimensionCap}`,
    }),
    ...(options.profileRoleName !== undefined && { PROFILE_ROLE_NAME: options.profileRoleName, ACCOUNT_ID: Aws.ACCOUNT_ID }),
    ...(promptHashSecret && { PROMPT_HASH_SECRET_ARN: promptHashSecret.secretArn }),
  };
}
