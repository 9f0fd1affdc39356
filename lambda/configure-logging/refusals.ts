import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { describe } from './configuration';

/** For a create or an update: the setting belongs to someone else. */
export function refusal(live: LoggingConfig): string {
  return (
    `this account and Region already have a Bedrock invocation logging configuration that this stack did not make (${describe(live)}); ` +
    `there can be only one, so either set 'onExisting' to ExistingConfiguration.ADOPT to use its log group and change nothing, ` +
    `or to ExistingConfiguration.REPLACE to replace it and give it back when the stack is deleted, ` +
    `or remove it with "aws bedrock delete-model-invocation-logging-configuration", and deploy again`
  );
}

/** For an adoption without anything to adopt. */
export function nothingToAdopt(live: LoggingConfig | undefined, ours: boolean): string {
  const foreign = live ? describe(live) : 'none';
  return (
    `'onExisting' is ExistingConfiguration.ADOPT, which needs a logging configuration with a CloudWatch log group in this account and Region; ` +
    `found: ${ours ? 'only the configuration this stack made itself' : foreign}; ` +
    `set one up first, or use ExistingConfiguration.FAIL or REPLACE to let this stack make one`
  );
}

/** For a delete whose ownership record is gone. */
export function formerLost(parameterName: string, live: LoggingConfig): string {
  return (
    `the parameter "${parameterName}" is gone, so it is not known what was there before this stack's logging configuration (${describe(live)}); ` +
    `nothing is changed: remove it with "aws bedrock delete-model-invocation-logging-configuration", ` +
    `or put the former one back, which CloudTrail shows under PutModelInvocationLoggingConfiguration, and delete the stack again`
  );
}

/** For a delete in a mode that replaces nothing, and a record that says that something was replaced. */
export function mayNotGiveBack(former: LoggingConfig): string {
  return (
    `the former configuration (${describe(former)}) was not put back, because 'onExisting' is ExistingConfiguration.FAIL: ` +
    `put it back yourself, or deploy with ExistingConfiguration.REPLACE, and delete the stack again`
  );
}
