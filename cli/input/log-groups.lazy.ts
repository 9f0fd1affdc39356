import { Readable } from 'node:stream';
import { CloudWatchLogsClient, paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { StoredFile } from './source';

/** Log groups as the user names them, read with the user's credentials. */
export interface LogGroupsProps {
  /** A name, the beginning of names and `*`, or an ARN. */
  readonly group: string;
  /** Where groups are read that are no ARNs; by default, that of the environment or the profile. */
  readonly region?: string;
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

/** What the SDK says, in an error without a name of its own. */
const NO_REGION = 'Region is missing';

/** The events of log groups, each on a line of its own. */
export async function* logGroupSources({ group, region, from, until }: LogGroupsProps): AsyncGenerator<StoredFile> {
  const [, ofArn, named = group] = ARN.exec(group) ?? [];
  const client = new CloudWatchLogsClient({ region: ofArn ?? region });
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
    const reason = message === NO_REGION ? "there is no Region: set '--region', AWS_REGION or that of your profile" : message;
    throw new Error(REASONS[name]?.(group) ?? reason, { cause: error });
  }
}
