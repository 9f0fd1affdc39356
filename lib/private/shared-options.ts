import type { AgentMeterOptions } from '../agent-meter-options';
import type { BedrockObservabilityProps } from '../bedrock-observability-props';
import type { BillReconciliationOptions } from '../bill-reconciliation-options';
import type { CostMeterOptions } from '../cost-meter-options';
import { ExistingConfiguration } from '../existing-configuration';
import type { FunctionOptions } from '../function-options';
import type { InvocationLoggingProps } from '../invocation-logging';
import type { UnrecordedUsageOptions } from '../unrecorded-usage-options';
import type { UsageDigestOptions } from '../usage-digest';
import { withDefaults } from './with-defaults';

// What holds for all parts, such as one key for everything, holds for each part that has none of its own.

export function functionOptions({ functions = {}, encryptionKey }: BedrockObservabilityProps): FunctionOptions {
  return withDefaults({ logEncryptionKey: encryptionKey }, functions);
}

/** Policy and key hold for what the logging makes: an adopted configuration and a log group that is handed in have their own. */
export function invocationLoggingProps(props: BedrockObservabilityProps): InvocationLoggingProps {
  const { invocationLogging = {}, removalPolicy, encryptionKey } = props;
  const { onExisting, logGroup, largeData, archive } = invocationLogging;
  const makesBuckets = [largeData, archive].some((target) => target && !target.bucket);
  const makesStores = onExisting !== ExistingConfiguration.ADOPT && (logGroup === undefined || makesBuckets);
  return withDefaults({ functions: functionOptions(props), ...(makesStores && { removalPolicy, encryptionKey }) }, invocationLogging);
}

export function meterOptions(props: BedrockObservabilityProps, defaults: CostMeterOptions): CostMeterOptions {
  const { costMeter = {}, removalPolicy, encryptionKey } = props;
  return withDefaults({ ...defaults, removalPolicy, encryptionKey, functions: functionOptions(props) }, costMeter);
}

export function agentOptions(props: BedrockObservabilityProps): AgentMeterOptions {
  const { agents = {}, removalPolicy, encryptionKey } = props;
  return withDefaults({ removalPolicy, encryptionKey, functions: functionOptions(props) }, agents);
}

const alarmOptions = ({ alarmRouting, alarmNamePrefix, alarmRunbooksUrl }: BedrockObservabilityProps) => ({
  routing: alarmRouting,
  alarmNamePrefix,
  runbooksUrl: alarmRunbooksUrl,
});

export function unrecordedOptions(props: BedrockObservabilityProps): UnrecordedUsageOptions {
  const { unrecordedUsage = {}, removalPolicy, encryptionKey } = props;
  return withDefaults({ removalPolicy, encryptionKey, ...alarmOptions(props), functions: functionOptions(props) }, unrecordedUsage);
}

export function billOptions(props: BedrockObservabilityProps): BillReconciliationOptions {
  return withDefaults({ ...alarmOptions(props), functions: functionOptions(props) }, props.billReconciliation ?? {});
}

/** A bucket that is handed in has its own policy and key. */
export function digestOptions(props: BedrockObservabilityProps): UsageDigestOptions {
  const { digest = {}, removalPolicy, encryptionKey } = props;
  const ofBucket = !digest.bucket && { removalPolicy, encryptionKey };
  return withDefaults({ ...ofBucket, ...alarmOptions(props), functions: functionOptions(props) }, digest);
}
