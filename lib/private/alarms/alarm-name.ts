import { Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** Of the 255 characters of an alarm's name, the name of a rule takes 64 at most. Source: API reference of PutMetricAlarm. */
const MAX_PREFIX = 190;

/** What all alarms of one `TieredAlarms` are made with. */
export interface AlarmSetting {
  readonly actionsEnabled: boolean;
  readonly runbooksUrl?: string;
  readonly namePrefix: string;
}

export const alarmNameOf = (namePrefix: string, rule: string): string => `${namePrefix}-${rule}`;

/**
 * The prefix of the names of alarms, by default the name of the stack, which is unique in an account and Region. Where another
 * `TieredAlarms` has alarms of these names already, the ids of the construct are added.
 */
export function namePrefixFor(scope: Construct, given: string | undefined, rules: readonly string[]): string {
  const prefix = given ?? Stack.of(scope).stackName;
  if (!Token.isUnresolved(prefix) && !isPrefix(prefix)) {
    throw new Error(`'alarmNamePrefix' must be from 1 to ${MAX_PREFIX} characters, none of them a control character, got '${prefix}'`);
  }
  const taken = namesBesideOf(scope);
  const ids = scope.node.scopes.slice(Stack.of(scope).node.scopes.length).map(({ node }) => node.id);
  const candidates = [prefix, `${prefix}-${ids.join('-')}`, `${prefix}-${scope.node.addr.slice(-8)}`];
  const isFree = (candidate: string) => !rules.some((rule) => taken.has(alarmNameOf(candidate, rule)));
  return candidates.find((candidate) => isFree(candidate) && (candidate === prefix || candidate.length <= MAX_PREFIX)) ?? candidates[2]!;
}

// eslint-disable-next-line no-control-regex
const isPrefix = (text: string): boolean => text.length <= MAX_PREFIX && /^[^\u0000-\u001f\u007f]+$/.test(text);

/** The names of the alarms that are made in the same account and Region so far. */
function namesBesideOf(scope: Construct): ReadonlySet<string> {
  const placeOf = (construct: Construct) => `${Stack.of(construct).account} ${Stack.of(construct).region}`;
  const alarms = scope.node.root.node
    .findAll()
    .filter((found) => found instanceof cloudwatch.CfnAlarm || found instanceof cloudwatch.CfnCompositeAlarm)
    .filter((alarm) => placeOf(alarm) === placeOf(scope));
  return new Set(alarms.flatMap(({ alarmName }) => alarmName ?? []));
}
