import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { sameConfiguration, sameDestination } from './configuration';
import type { NamedRecord, Ownership } from './ownership';

/** What a create or an update finds in the account. */
export interface Situation {
  readonly wanted: LoggingConfig;
  /** The configuration in place, if there is one. */
  readonly live: LoggingConfig | undefined;
  readonly record: Ownership | undefined;
  /** The record of the resource of this library that put the live configuration; undefined if none did. */
  readonly owner: NamedRecord | undefined;
  readonly isUpdate: boolean;
  /** Whether a configuration of someone else may be replaced. */
  readonly mayReplace: boolean;
}

/**
 * - `confirm`: what is wanted is in place; only the record is written.
 * - `put`: put what is wanted in the place of what is there.
 * - `leave`: succeed without a change.
 * - `refuse`: fail without a change.
 */
export type Decision = 'confirm' | 'put' | 'leave' | 'refuse';

interface Rule {
  readonly holds: (situation: Situation) => boolean;
  readonly decision: Decision;
}

/** In order of precedence: the first rule that holds decides. A configuration that no rule knows belongs to someone else. */
const RULES: readonly Rule[] = [
  { holds: isInPlace, decision: 'confirm' },
  { holds: ({ live }) => live === undefined, decision: 'put' },
  { holds: ({ live, record }) => isOurs(live, record), decision: 'put' },
  // A construct of this stack that got another logical id. CloudFormation deletes the old resource afterwards.
  { holds: ({ owner }) => owner?.isOfThisStack === true, decision: 'put' },
  { holds: isHandedBack, decision: 'put' },
  { holds: ({ mayReplace }) => mayReplace, decision: 'put' },
  { holds: isRollback, decision: 'leave' },
];

export function decide(situation: Situation): Decision {
  return RULES.find(({ holds }) => holds(situation))?.decision ?? 'refuse';
}

/**
 * Whether this resource put the configuration in place. Other flags with our destination are still ours: a person who changes
 * them has not taken the setting over.
 */
function isOurs(live: LoggingConfig | undefined, record: Ownership | undefined): boolean {
  if (live === undefined || record === undefined || record.handedBack) return false;
  return record.ours.some((put) => sameDestination(put, live));
}

function isInPlace({ live, wanted }: Situation): boolean {
  return live !== undefined && sameConfiguration(live, wanted);
}

/** The record of the resource of this library that put the configuration in place; of several, the last one that did. */
export function ownerOf(live: LoggingConfig | undefined, records: readonly NamedRecord[]): NamedRecord | undefined {
  const turn = ({ ownership }: NamedRecord) => ownership.turn ?? 0;
  return records.filter(({ ownership }) => isOurs(live, ownership)).sort((one, other) => turn(other) - turn(one))[0];
}

/** The configuration that this stack gave back when it was switched to adopt, and that it may replace again. */
function isHandedBack({ live, record }: Situation): boolean {
  return Boolean(live && record?.handedBack && record.former && sameConfiguration(record.former, live));
}

/**
 * An update after one that failed, which asks for what was put before. CloudFormation sends it to roll the failed one back, at a
 * time when the setting already belonged to someone else; refusing it would leave the stack in UPDATE_ROLLBACK_FAILED.
 */
function isRollback({ isUpdate, record, wanted }: Situation): boolean {
  const hasFailed = record?.refused === true || (record?.ours.length ?? 0) > 1;
  return isUpdate && hasFailed && !record?.handedBack && Boolean(record?.ours.some((put) => sameConfiguration(put, wanted)));
}
