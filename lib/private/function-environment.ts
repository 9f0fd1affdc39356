import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** Source: AWS Lambda Developer Guide, "Lambda quotas". */
const MAX_BYTES = 4096;

/** What a reference is counted as, whose length is known only when the stack is deployed. */
const REFERENCE_BYTES = 40;

/** The props that can make a variable long. */
const PROPS: Readonly<Record<string, string>> = {
  BUDGETS: "'budgets', which are named with their models and callers",
  DIMENSIONS: "'dimensions'",
  LOGGING_ROLES: "'loggingConfigurationRoles'",
  METADATA_KEYS: "'requestMetadataKeys'",
  PRICE_OVERRIDES: "'priceOverrides': use PriceOverrides.fromFile",
};

/** Why Lambda would refuse the environment of a function; empty where nothing speaks against it. Lists may grow until synth. */
export function environmentFault(made: lambda.Function): string[] {
  const { environment } = made.node.defaultChild as lambda.CfnFunction;
  const { variables = {} } = (Stack.of(made).resolve(environment) ?? {}) as { variables?: Record<string, unknown> };
  const sizes = Object.entries(variables).map(([name, value]) => ({ name, bytes: bytesOf(name) + bytesOf(value) }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= MAX_BYTES) {
    return [];
  }
  const { name, bytes } = sizes.sort((one, other) => other.bytes - one.bytes)[0]!;
  return [
    `the environment of a function must have at most ${MAX_BYTES} bytes, as Lambda allows, got ${total}, of which ${name} has ${bytes}: ` +
      `shorten ${PROPS[name] ?? name}`,
  ];
}

/** The bytes of the texts in a resolved value, without the names of functions and of their logical ids. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 0;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  return join ? join[1].reduce<number>((sum, part) => sum + bytesOf(part), 0) : REFERENCE_BYTES;
}
