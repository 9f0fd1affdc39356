import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';

/** Lets a grantee run Logs Insights queries over log groups, and nothing else. */
export function allowQueries(grantee: iam.IGrantable, logGroups: ReadonlyArray<logs.ILogGroupRef | undefined>): void {
  const logGroupArns = logGroups.flatMap((logGroup) => logGroup?.logGroupRef.logGroupArn ?? []);
  if (logGroupArns.length === 0) {
    return;
  }
  grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['logs:StartQuery'], resources: logGroupArns }));
  // Results are read by the id of a query: the action does not support permissions for single resources.
  grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['logs:GetQueryResults'], resources: ['*'] }));
}

/** Lets a grantee read metrics. The action does not support permissions for single resources. */
export function allowMetricReads(grantee: iam.IGrantable): void {
  grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
}

/** Lets somebody read a ledger, event by event and with Logs Insights queries. */
export function grantLedgerRead(logGroup: logs.ILogGroup, grantee: iam.IGrantable): iam.Grant {
  const query = iam.Grant.addToPrincipal({ grantee, actions: ['logs:StartQuery'], resourceArns: [logGroup.logGroupArn] });
  const results = iam.Grant.addToPrincipal({ grantee, actions: ['logs:GetQueryResults', 'logs:StopQuery'], resourceArns: ['*'] });
  return logGroup.grantRead(grantee).combine(query).combine(results);
}

/** Lets a grantee read the invocation logging configuration. The action does not support permissions for single resources. */
export function allowLoggingReads(grantee: iam.IGrantable): void {
  const actions = ['bedrock:GetModelInvocationLoggingConfiguration'];
  grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
}
