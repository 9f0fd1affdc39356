import { Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import type { RecordSource } from '../record-source';
import { isSameEnvironment } from './handed-in';
import { addWarning } from './warning';

/** Marks a CostMeter, also one of another copy of this library, with what it reads and where it publishes. */
const COST_METER: unique symbol = Symbol.for('cdk-bedrock-observability.CostMeter');

interface Marked extends Construct {
  readonly [COST_METER]: { readonly source: string; readonly metricNamespace: string };
}

/** Throws for a second meter that adds up the same records in the same metrics. */
export function requireOnlyMeter(scope: Construct, { _logGroup, _stream }: RecordSource, metricNamespace = DEFAULT_NAMESPACE): void {
  const source = _logGroup?.logGroupRef.logGroupName ?? _stream!.streamArn;
  const meters = scope.node.root.node.findAll().filter((each): each is Marked => COST_METER in each);
  const other = meters.find(
    (meter) =>
      meter[COST_METER].source === source &&
      meter[COST_METER].metricNamespace === metricNamespace &&
      (Token.isUnresolved(source) || isSameEnvironment(meter, scope)),
  );
  if (other) {
    throw new Error(
      `'${_logGroup ? 'logGroup' : 'source'}' is metered by '${other.node.path}' already, in the same namespace '${metricNamespace}', so that each call would count twice: ` +
        `use that meter, or set another 'metricNamespace'`,
    );
  }
  Object.defineProperty(scope, COST_METER, { value: { source, metricNamespace } });
}

/** What a log group takes without an increase of the quota. Source: Amazon CloudWatch Logs User Guide, "Quotas". */
const MAX_SUBSCRIPTIONS = 2;

/** Warns of a log group with more subscriptions than it takes, of which the app knows. */
export function warnOfSubscriptions(scope: Construct, { logGroupRef: { logGroupName } }: logs.ILogGroupRef): void {
  const paths = scope.node.root.node
    .findAll()
    .filter((each): each is logs.CfnSubscriptionFilter => each instanceof logs.CfnSubscriptionFilter)
    .filter((filter) => filter.logGroupName === logGroupName && (Token.isUnresolved(logGroupName) || isSameEnvironment(filter, scope)))
    .map((filter) => filter.node.path);
  if (paths.length > MAX_SUBSCRIPTIONS) {
    addWarning(
      scope,
      'CostMeter.subscriptions',
      `a log group takes ${MAX_SUBSCRIPTIONS} subscriptions unless its quota was increased, and this one gets ${paths.length} (${paths.join(', ')}): ` +
        'let one of them hand the records on',
    );
  }
}
