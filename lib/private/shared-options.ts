import type { AgentMeterOptions } from '../agent-meter-options';
import type { BedrockObservabilityProps } from '../bedrock-observability-props';
import type { CostMeterOptions } from '../cost-meter-options';
import { ExistingConfiguration } from '../existing-configuration';
import type { FunctionOptions } from '../function-options';
import type { InvocationLoggingProps } from '../invocation-logging';
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

/** A bucket that is handed in has its own policy and key. */
export function digestOptions(props: BedrockObservabilityProps): UsageDigestOptions {
  const { digest = {}, removalPolicy, encryptionKey, alarmRouting: routing, alarmNamePrefix, alarmRunbooksUrl: runbooksUrl } = props;
  const ofAlarm = { routing, alarmNamePrefix, runbooksUrl };
  return withDefaults({ ...(!digest.bucket && { removalPolicy, encryptionKey }), ...ofAlarm, functions: functionOptions(props) }, digest);
}
