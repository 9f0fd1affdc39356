import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { type NamedOwnership, OwnershipRecord } from '../shared/ownership-record';
import type { RetryPolicy } from '../shared/retry';

/** What a custom resource did to the account's setting. It is written before each change, so that a change that is cut off is covered. */
export interface Ownership {
  /** The configuration that was there before and is given back at the end; null if there was none. */
  readonly former: LoggingConfig | null;
  /** Configurations that were put or about to be put, newest first. More than one while a change is under way or has failed. */
  readonly ours: LoggingConfig[];
  /** Whether the former configuration has been given back, because the resource was switched to adopt. */
  readonly handedBack?: boolean;
  /** Whether the last update was refused. CloudFormation then asks for the former properties again. */
  readonly refused?: boolean;
  /** The record of the resource that put the former configuration, where that was one of this library. */
  readonly over?: string;
  /** Counts the changes that all resources of this library made: of two that put one destination the later one owns it. */
  readonly turn?: number;
}

export type NamedRecord = NamedOwnership<Ownership>;

export function newOwnershipRecord(parameterName: string, retryPolicy: RetryPolicy): OwnershipRecord<Ownership> {
  return new OwnershipRecord(parameterName, retryPolicy, {
    description: 'Which Bedrock invocation logging configuration a stack put, and which one it gives back. Do not edit.',
    ownershipFrom,
    lost: 'which logging configuration to give back',
  });
}

function ownershipFrom(parsed: unknown): Ownership | undefined {
  const ownership = parsed as Ownership;
  return typeof ownership.former === 'object' && Array.isArray(ownership.ours) ? ownership : undefined;
}
