import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';

/** Lets a grantee run Logs Insights queries over log groups, and nothing else with them. */
export function allowQueries(grantee: iam.IGrantable, logGroups: ReadonlyArray<logs.ILogGroup | undefined>): void {
  const groups = logGroups.filter((group) => group !== undefined);
  if (groups.length === 0) {
    return;
  }
  grantee.grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['logs:StartQuery'], resources: groups.map((group) => group.logGroupArn) }),
  );
  // Results are asked for by the id of the query: this action knows no resource.
  grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['logs:GetQueryResults'], resources: ['*'] }));
}
