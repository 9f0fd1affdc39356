import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { WrittenLine } from '../../engine/agents/metering/agent-lines';
import { withDeadline } from '../shared/deadline';

/** All pages together: below the timeout of the function. */
const DEADLINE_MS = 100_000;

/** Reads lines of a log group that a filter pattern matches. */
export interface LogLines {
  /** @returns undefined where there are more than `limit` */
  read(logGroup: string, pattern: string, from: number, to: number, limit: number): Promise<readonly WrittenLine[] | undefined>;
}

/** Reads with FilterLogEvents: other than Logs Insights it returns any number of lines, as they were written, and costs nothing by the gigabyte. */
export class AwsLogLines implements LogLines {
  private readonly logs = new CloudWatchLogsClient({});

  public read(logGroup: string, pattern: string, from: number, to: number, limit: number): Promise<readonly WrittenLine[] | undefined> {
    return withDeadline(`FilterLogEvents of ${logGroup}`, DEADLINE_MS, async (abortSignal) => {
      const lines: WrittenLine[] = [];
      const request = { logGroupName: logGroup, filterPattern: pattern, startTime: from, endTime: to };
      for await (const { events = [] } of paginateFilterLogEvents({ client: this.logs }, request, { abortSignal })) {
        for (const { message = '', timestamp = from } of events) lines.push({ arrival: timestamp, text: message });
        if (lines.length > limit) return undefined;
      }
      return lines;
    });
  }
}
