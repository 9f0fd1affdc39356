import type { EventBridgeEvent } from 'aws-lambda';
import { Signals } from '../../engine/telemetry/names';
import type { SignalsConfig } from './config';
import type { Finding } from './signal';

/** The part of a CloudTrail record that tells who did what. */
export interface CloudTrailDetail {
  readonly eventName?: string;
  readonly errorCode?: string;
  readonly userIdentity?: { readonly arn?: string; readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } } };
}

export type LoggingChange = EventBridgeEvent<'AWS API Call via CloudTrail', CloudTrailDetail>;

/** A change of the logging configuration that nobody announced; attempts that failed, and expected roles, are none. */
export function loggingChange({ detail }: LoggingChange, { loggingRoles }: SignalsConfig): readonly Finding[] {
  const { arn, sessionContext } = detail.userIdentity ?? {};
  const expected = loggingRoles.includes(sessionContext?.sessionIssuer?.arn ?? arn ?? '');
  return detail.errorCode !== undefined || expected
    ? []
    : [{ metric: Signals.LOGGING_CHANGED, value: 1, subject: `${detail.eventName ?? 'change'} by ${arn ?? 'unknown'}` }];
}
