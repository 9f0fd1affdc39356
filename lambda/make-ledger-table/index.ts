import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { focusSql } from '../../engine/focus/focus-sql';
import { addColumnsDdl, callsViewDdl, columnsQuery, createTableDdl, focusViewDdl } from '../../engine/ledger/table-ddl';
import { Catalogue } from '../../engine/pricing/catalogue';
import { queryAthena } from '../shared/athena';
import { customResource } from '../shared/custom-resource';
import { isTransient, retry } from '../shared/retry';

/** For one statement. */
const DEADLINE_MS = 120_000;

interface Properties {
  readonly Database: string;
  readonly WorkGroup: string;
  readonly Location: string;
}

/**
 * Makes the table of the ledger and its views, or brings those of an older version up to this one. All statements can be repeated. A
 * deletion leaves the table to its bucket and its database: they decide what becomes of the rows.
 */
export const handler = customResource(async ({ event, retryPolicy }) => {
  const { Database, WorkGroup, Location } = event.ResourceProperties as unknown as Properties;
  if (event.RequestType === 'Delete') return undefined;
  const run = (sql: string) =>
    retry(() => queryAthena({ sql, workGroup: WorkGroup, database: Database }, DEADLINE_MS), retryPolicy, isPassing);
  await run(createTableDdl(Location));
  const { rows } = await run(columnsQuery(Database));
  const ddl = addColumnsDdl(rows.flatMap(({ column_name: name }) => name ?? []));
  if (ddl !== undefined) await run(ddl);
  await run(callsViewDdl());
  await run(focusViewDdl(focusSql({ unit: 'day', catalogue: Catalogue.builtIn() })));
  return { Table: `${Database}.ledger` };
}, idOf);

/** There is no record of an owner that could be the physical id. */
function idOf(event: CloudFormationCustomResourceEvent): string {
  return (event as { PhysicalResourceId?: string }).PhysicalResourceId ?? event.LogicalResourceId;
}

/** What Athena does not understand stays so; a permission of a new role, and a throttle, do not. */
const isPassing = (error: unknown): boolean =>
  isTransient(error) && !/SYNTAX_ERROR|ParseException|mismatched input/.test((error as Error).message);
