import type { EventBridgeEvent } from 'aws-lambda';
import { Signals } from '../../engine/telemetry/names';
import type { SignalsConfig } from './config';
import type { Finding } from './signal';

/** The part of a CloudTrail record that names the action and its principal. */
interface CloudTrailDetail {
  readonly eventName?: string;
  readonly errorCode?: string;
  readonly userIdentity?: { readonly arn?: string; readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } } };
}

export type LoggingChange = EventBridgeEvent<'AWS API Call via CloudTrail', CloudTrailDetail>;

/** A change of the account's logging configuration. Failed attempts and changes by expected roles are left out. */
export function loggingChange({ detail }: LoggingChange, { loggingRoles }: SignalsConfig): readonly Finding[] {
  const { arn, sessionContext } = detail.userIdentity ?? {};
  const role = sessionContext?.sessionIssuer?.arn ?? arn ?? '';
  if (detail.errorCode !== undefined || loggingRoles.includes(role)) {
    return [];
  }
  return [{ metric: Signals.LOGGING_CHANGED, value: 1, subject: `${detail.eventName ?? 'change'} by ${arn ?? 'unknown'}` }];
}
