import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { Member } from '../../engine/ledger/members';
import { withDeadline } from '../shared/deadline';
import { parseJson } from '../shared/parse-json';

const DEADLINE_MS = 30_000;
const client = new CloudWatchLogsClient({});

/** The jobs that have a line already: EventBridge can hand an event over twice, and the sweep finds what an event was about, too. */
export function writtenJobs(logGroupName: string, from: number): Promise<ReadonlySet<string>> {
  return withDeadline('FilterLogEvents', DEADLINE_MS, async (abortSignal) => {
    const query = { logGroupName, startTime: from, filterPattern: `{ $.${Member.source} = "batch" }` };
    const ids = new Set<string>();
    for await (const { events = [] } of paginateFilterLogEvents({ client }, query, { abortSignal })) {
      for (const { message = '{}' } of events) {
        const { requestId } = parseJson(message, 'a ledger line') as { requestId?: string };
        if (requestId !== undefined) ids.add(requestId);
      }
    }
    return ids;
  });
}
