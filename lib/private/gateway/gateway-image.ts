/**
 * The collector with all components of opentelemetry-collector-contrib. The image of ADOT lacks the processors `redaction` and
 * `transform` and every connector, without which only names that are known beforehand can be removed. test/collector/go.mod has
 * the same version.
 */
export const GATEWAY_IMAGE = 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:0.155.0';
