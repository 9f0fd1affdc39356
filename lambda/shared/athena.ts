import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { createWaiter, WaiterState } from '@smithy/util-waiter';
import { withDeadline } from './deadline';

export interface AthenaQuery {
  readonly sql: string;
  readonly workGroup: string;
  readonly database?: string;
  /** Values for the question marks of the query, in order. */
  readonly parameters?: readonly string[];
}

export interface AthenaAnswer {
  /** Text by column. What is NULL has no entry. */
  readonly rows: ReadonlyArray<Readonly<Record<string, string>>>;
  /** What is paid for. */
  readonly scannedBytes: number;
}

const client = new AthenaClient({});
const RUNNING: ReadonlySet<string | undefined> = new Set(['QUEUED', 'RUNNING']);

/**
 * Carries out a query or a statement, and reads its result to the last page.
 *
 * @throws if it does not succeed within the time, with the reason of Athena. It is then stopped: what it scans is paid for
 */
export async function queryAthena(query: AthenaQuery, deadlineMs: number): Promise<AthenaAnswer> {
  let started: string | undefined;
  try {
    return await withDeadline('the query of Athena', deadlineMs, async (abortSignal) => {
      const { sql, workGroup, database, parameters } = query;
      const start = new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: workGroup,
        ...(database !== undefined && { QueryExecutionContext: { Database: database } }),
        ...(parameters && { ExecutionParameters: [...parameters] }),
      });
      const { QueryExecutionId = '' } = await client.send(start, { abortSignal });
      started = QueryExecutionId;
      const scannedBytes = await ended(QueryExecutionId, deadlineMs, abortSignal);
      const rows = await rowsOf(QueryExecutionId, abortSignal);
      started = undefined;
      return { rows, scannedBytes };
    });
  } catch (error) {
    if (started !== undefined) await stop(started);
    throw error;
  }
}

/** Waits for the end of a query. @returns how many bytes it scanned */
async function ended(QueryExecutionId: string, deadlineMs: number, abortSignal: AbortSignal): Promise<number> {
  let scanned = 0;
  let state = '';
  const wait = { client: undefined, maxWaitTime: deadlineMs / 1000, minDelay: 1, maxDelay: 5 };
  const outcome = await createWaiter(wait, undefined, async () => {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }), { abortSignal });
    const { Status, Statistics } = QueryExecution ?? {};
    if (RUNNING.has(Status?.State)) return { state: WaiterState.RETRY };
    scanned = Statistics?.DataScannedInBytes ?? 0;
    state = [Status?.State, Status?.StateChangeReason].filter(Boolean).join(': ');
    return { state: Status?.State === 'SUCCEEDED' ? WaiterState.SUCCESS : WaiterState.FAILURE };
  });
  if (outcome.state !== WaiterState.SUCCESS) throw new Error(`a query of Athena ended with ${state || 'no answer'}`);
  return scanned;
}

async function rowsOf(QueryExecutionId: string, abortSignal: AbortSignal): Promise<AthenaAnswer['rows']> {
  const rows: Record<string, string>[] = [];
  let names: readonly string[] | undefined;
  for await (const { ResultSet } of paginateGetQueryResults({ client }, { QueryExecutionId }, { abortSignal })) {
    for (const { Data = [] } of ResultSet?.Rows ?? []) {
      // The first row of the first page holds the names of the columns.
      if (!names) names = Data.map(({ VarCharValue = '' }) => VarCharValue);
      else
        rows.push(Object.fromEntries(Data.flatMap(({ VarCharValue: value }, at) => (value === undefined ? [] : [[names![at]!, value]]))));
    }
  }
  return rows;
}

/** Nothing is made of a failure: why the query is not needed any more is what matters. */
async function stop(QueryExecutionId: string): Promise<void> {
  await withDeadline('StopQueryExecution', 5000, (abortSignal) =>
    client.send(new StopQueryExecutionCommand({ QueryExecutionId }), { abortSignal }),
  ).catch(() => undefined);
}
