import { Readable } from 'node:stream';
import { CloudWatchLogsClient, paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Source } from './source';

/** Log groups as the user names them, read with the user's credentials. */
export interface LogGroupsProps {
  /** A name, the beginning of names and `*`, or an ARN. */
  readonly group: string;
  /** In milliseconds. */
  readonly from: number;
  readonly until: number;
}

const ARN = /^arn:aws[\w-]*:logs:([a-z0-9-]+):\d{12}:log-group:([^:*]+\*?)(?::\*)?$/;

/** What CloudWatch Logs answers, in words. */
const REASONS: Readonly<Record<string, (group: string) => string>> = {
  ResourceNotFoundException: (group) => `there is no log group '${group}' in this Region and account`,
  AccessDeniedException: () => 'permission denied: logs:FilterLogEvents is needed, and logs:DescribeLogGroups for names with *',
  ExpiredTokenException: () => 'the credentials have expired',
  CredentialsProviderError: () => 'there are no credentials of AWS',
};

/** The events of log groups, each on a line of its own. */
export async function* logGroupSources({ group, from, until }: LogGroupsProps): AsyncGenerator<Source> {
  const [, region, named = group] = ARN.exec(group) ?? [];
  const client = new CloudWatchLogsClient({ region });
  for await (const name of namesOf(client, named)) {
    yield {
      name: `log group ${name}`,
      open: () => Readable.from(inWords(eventsOf(client, name, from, until), name), { objectMode: false }),
    };
  }
}

async function* namesOf(client: CloudWatchLogsClient, group: string): AsyncGenerator<string> {
  if (!group.endsWith('*')) return void (yield group);
  const logGroupNamePrefix = group.slice(0, -1);
  for await (const { logGroups = [] } of inWords(paginateDescribeLogGroups({ client }, { logGroupNamePrefix }), group)) {
    for (const { logGroupName } of logGroups) if (logGroupName !== undefined) yield logGroupName;
  }
}

async function* eventsOf(client: CloudWatchLogsClient, logGroupName: string, from: number, until: number): AsyncGenerator<string> {
  const period = { startTime: Math.floor(from), ...(Number.isFinite(until) && { endTime: Math.ceil(until) }) };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, ...period })) {
    // A line feed within JSON is white space, and the other lines are not read.
    yield events.map(({ message = '' }) => `${message.replace(/[\r\n]+/g, ' ')}\n`).join('');
  }
}

async function* inWords<T>(found: AsyncIterable<T>, group: string): AsyncGenerator<T> {
  try {
    yield* found;
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(REASONS[name]?.(group) ?? message, { cause: error });
  }
}
