import { OwnershipRecord } from '../shared/ownership-record';
import type { RetryPolicy } from '../shared/retry';

/**
 * What is to be undone when the last resource of this library is deleted in this account and Region. Each resource has a record,
 * also where it changed nothing: one that is deleted leaves what it changed to another one.
 */
export interface Ownership {
  /** Transaction Search was off, and was switched on. Written before that, so that a change that is cut off is covered. */
  readonly switchedOn?: boolean;
  /** The resource policy of CloudWatch Logs that holds statements of this library. */
  readonly policyName?: string;
  /** The percentages that the resource set or was about to set, newest first. More than one while a change is under way or has failed. */
  readonly percentages?: readonly number[];
  /** The percentage that was there before. */
  readonly formerPercentage?: number;
}

export function newOwnershipRecord(parameterName: string, retryPolicy: RetryPolicy): OwnershipRecord<Ownership> {
  return new OwnershipRecord(parameterName, retryPolicy, {
    description: 'What a stack changed of Transaction Search, and undoes when it is deleted. Do not edit.',
    ownershipFrom: (parsed) => (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined),
    lost: 'whether to switch Transaction Search off',
  });
}
