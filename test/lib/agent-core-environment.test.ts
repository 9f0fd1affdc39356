import { Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { type AgentCoreEnvironmentOptions, AgentCoreTelemetry, OtlpDestination } from '../../lib';

describe('the environment of a runtime', () => {
  const stack = new Stack();
  const environmentFor = (options: AgentCoreEnvironmentOptions) => AgentCoreTelemetry.environmentFor(stack, options);
  const collector = OtlpDestination.endpoint('http://collector:4318');

  test('for a collector: the way to CloudWatch is switched off', () => {
    expect(environmentFor({ destination: collector })).toMatchObject({
      DISABLE_ADOT_OBSERVABILITY: 'true',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces',
    });
  });

  test('for CloudWatch: as the service sets it', () => {
    expect(environmentFor({})).toEqual({});
    expect(environmentFor({ destination: OtlpDestination.cloudWatch() })).toEqual({});
  });

  test.each([true, false])('unified spans %s', (unifiedSpans) => {
    expect(environmentFor({ unifiedSpans })).toEqual({ UNIFIED_TRACES_DESTINATION_ENABLED: String(unifiedSpans) });
  });

  test('unified spans of a runtime that sends elsewhere: refused', () => {
    expect(() => environmentFor({ destination: collector, unifiedSpans: false })).toThrow(
      "'unifiedSpans' is about log groups of CloudWatch, and 'destination' is elsewhere: leave one of them out",
    );
  });

  test('for a destination with headers: refused', () => {
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'otlp');
    expect(() => environmentFor({ destination: OtlpDestination.honeycomb(secret) })).toThrow("'destination' must not have headers");
  });
});
