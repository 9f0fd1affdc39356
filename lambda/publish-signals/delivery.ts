import { type BedrockClient, GetModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock';
import { Signals } from '../../engine/telemetry/names';
import { withDeadline } from '../shared/deadline';
import type { Signal } from './signal';

/** How long Bedrock may take to answer. */
const DEADLINE_MS = 20_000;

/** The log group to which Bedrock delivers invocation records now. */
export function deliveryLogGroup(bedrock: BedrockClient): Promise<string | undefined> {
  return withDeadline('the invocation logging configuration', DEADLINE_MS, async (abortSignal) => {
    const { loggingConfig } = await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}), { abortSignal });
    return loggingConfig?.cloudWatchConfig?.logGroupName;
  });
}

/**
 * Whether records are delivered to another log group than the metered one, or to none. Events of CloudTrail report a change
 * minutes after it happened, and only where a trail records management events; this sees it without one.
 */
export const delivery: Signal = async (sources, { invocations }) => {
  if (invocations === undefined) {
    return [];
  }
  const delivered = await sources.deliveryLogGroup();
  const subject = `records are delivered to ${delivered ?? 'no log group'}, and the meter reads ${invocations}`;
  return [{ metric: Signals.LOGGING_CHANGED, value: delivered === invocations ? undefined : 1, subject }];
};
