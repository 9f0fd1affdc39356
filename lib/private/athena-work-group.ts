import { ArnFormat, Names, Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** A query that would scan more is refused: at list price it would cost half a dollar. */
const MOST_BYTES = 100 * 1024 ** 3;

/** A work group whose results Athena keeps itself, for a day: no bucket is needed, and none of them outlives the stack. */
export function newWorkGroup(scope: Construct, id: string, description: string): athena.CfnWorkGroup {
  const resource = new athena.CfnWorkGroup(scope, id, {
    name: Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' }),
    description,
    recursiveDeleteOption: true,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      managedQueryResultsConfiguration: { enabled: true },
      bytesScannedCutoffPerQuery: MOST_BYTES,
      publishCloudWatchMetricsEnabled: false,
    },
  });
  return resource;
}

/** A database and a table of Glue that are asked. */
export interface AskedTable {
  readonly database: string;
  readonly table: string;
}

/** Lets a grantee run queries over a table. The files below it are granted where they are. */
export function allowAthena(
  scope: Construct,
  grantee: iam.IGrantable,
  workGroup: athena.CfnWorkGroup,
  { database, table }: AskedTable,
): void {
  const stack = Stack.of(scope);
  const arnOf = (service: string, resource: string, resourceName?: string): string =>
    stack.formatArn({
      service,
      resource,
      resourceName,
      arnFormat: resourceName ? ArnFormat.SLASH_RESOURCE_NAME : ArnFormat.NO_RESOURCE_NAME,
    });
  const grant = (actions: string[], resources: string[]): unknown =>
    grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
  grant(
    ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution'].map((action) => `athena:${action}`),
    [arnOf('athena', 'workgroup', workGroup.name)],
  );
  grant(
    ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'],
    [arnOf('glue', 'catalog'), arnOf('glue', 'database', database), arnOf('glue', 'table', `${database}/${table}`)],
  );
}
