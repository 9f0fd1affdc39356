import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { MemberMetrics } from '../../../engine/telemetry/names';
import { answering, writtenLines } from '../aws-clients';

const NOW = Date.UTC(2026, 10, 25, 12, 30);
const TIME = new Date(Date.UTC(2026, 10, 25, 9));
const LAST_HOUR = new Date(Date.UTC(2026, 10, 25, 10));

/** In the last hour, an account fails and is throttled in one Region. */
const failuresIn = (region: string, expression: string) =>
  region === 'eu-central-1'
    ? [
        {
          Id: 'm',
          Label: '111111111111',
          Timestamps: [LAST_HOUR],
          Values: [expression.includes('Throttles') ? 30 : 4],
          StatusCode: 'Complete',
        },
      ]
    : [];

/** Calls of each account, by Region; an error for a Region that refuses. */
type Calls = Readonly<Record<string, Readonly<Record<string, number>> | Error>>;

async function watch(calls: Calls, records: ReadonlyArray<readonly [account: string, region: string, count: number]>) {
  const asked: Array<Record<string, unknown>> = [];
  const send = jest.spyOn(cloudWatch.CloudWatchClient.prototype, 'send') as unknown as jest.SpyInstance;
  send.mockImplementation(async function (this: cloudWatch.CloudWatchClient, { input }: { input: Record<string, unknown> }) {
    const region = await this.config.region();
    asked.push({ region, ...input });
    const ofRegion = calls[region]!;
    if (ofRegion instanceof Error) throw ofRegion;
    const [{ Expression = '' } = {}] = input.MetricDataQueries as Array<{ readonly Expression?: string }>;
    if (!Expression.includes('"Invocations"')) return { MetricDataResults: failuresIn(region, Expression) };
    const series = Object.entries(ofRegion).map(([Label, value]) => ({
      Id: 'm',
      Label,
      Timestamps: [TIME],
      Values: [value],
      StatusCode: 'Complete',
    }));
    return { MetricDataResults: series };
  });
  answering(logs.CloudWatchLogsClient, {
    StartQueryCommand: () => ({ queryId: '1' }),
    GetQueryResultsCommand: () => ({
      status: 'Complete',
      results: records.map(([accountId, region, count]) =>
        Object.entries({ account: accountId, region, lines: String(count) }).map(([field, value]) => ({ field, value })),
      ),
    }),
  });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    LEDGER_LOG_GROUPS: 'ledger',
    METRICS_NAMESPACE: 'N',
    REGIONS: Object.keys(calls).join(','),
  });
  let failure: unknown;
  const lines = await writtenLines(async () => {
    await jest.isolateModulesAsync(async () => {
      // The modules of this file, so that what is spied on here is what the handler and its paginators use.
      jest.doMock('@aws-sdk/client-cloudwatch', () => cloudWatch);
      jest.doMock('@aws-sdk/client-cloudwatch-logs', () => logs);
      const { handler } = jest.requireActual<typeof import('../../../lambda/watch-members/index')>('../../../lambda/watch-members/index');
      await handler().catch((error: Error) => (failure = error.message));
    });
  });
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { asked, failure, metrics: parsed.find((line) => '_aws' in line), report: parsed.find((line) => 'members' in line) };
}

beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['setTimeout'] }));
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('a member that calls models without a record is silent; the others are what they are', async () => {
  const calls = { 'us-east-1': { '111111111111': 400, '222222222222': 300 }, 'eu-central-1': { '111111111111': 1000 } };
  const { metrics, report, failure } = await watch(calls, [
    ['111111111111', 'us-east-1', 400],
    ['111111111111', 'eu-central-1', 500],
    ['333333333333', 'us-east-1', 7],
    ['333333333333', 'sa-east-1', 7],
  ]);
  expect(failure).toBeUndefined();
  expect(metrics).toMatchObject({ [MemberMetrics.WATCHED]: 4, [MemberMetrics.SILENT]: 1, [MemberMetrics.INCOMPLETE]: 1 });
  expect(metrics).toMatchObject({ [MemberMetrics.CALLS]: 0, [MemberMetrics.ERRORS]: 4, [MemberMetrics.THROTTLES]: 30 });
  expect(report).toMatchObject({ failing: [{ account: '111111111111', region: 'eu-central-1', calls: 0, errors: 4, throttles: 30 }] });
  expect(report).toMatchObject({
    ...{ logged: 1, silent: 1, incomplete: 1, notShared: 1 },
    said: [
      { account: '111111111111', region: 'eu-central-1', calls: 1000, records: 500, state: 'incomplete' },
      { account: '222222222222', region: 'us-east-1', calls: 300, records: 0, state: 'silent' },
      { account: '333333333333', region: 'us-east-1', records: 7, state: 'notShared' },
    ],
  });
});

test('it looks at whole hours that ended an hour ago, in accounts that are linked, too', async () => {
  const { asked } = await watch({ 'us-east-1': {} }, []);
  expect(asked.slice(0, 1)).toMatchObject([
    {
      region: 'us-east-1',
      StartTime: new Date(Date.UTC(2026, 10, 25, 5)),
      EndTime: new Date(Date.UTC(2026, 10, 25, 11)),
      MetricDataQueries: [{ Expression: `SEARCH('{"AWS/Bedrock"} MetricName="Invocations"', 'Sum', 3600)`, Label: "${PROP('AccountId')}" }],
    },
  ]);
});

test('a Region that refuses costs no other its answer, and the run fails', async () => {
  const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
  const { metrics, failure } = await watch({ 'us-east-1': denied, 'eu-central-1': { '222222222222': 50 } }, [
    ['111111111111', 'us-east-1', 4],
  ]);
  expect(metrics).toMatchObject({ [MemberMetrics.WATCHED]: 1, [MemberMetrics.SILENT]: 1 });
  expect(failure).toBe('members of some Regions are unknown: us-east-1: AccessDenied');
});

test('an account that leaves: silent while its records are refused and its link is there, idle without calls, then no member', async () => {
  const stateOf = async (calls: Calls) => {
    const { report, metrics } = await watch(calls, []);
    const { said, idle } = report as { readonly said: ReadonlyArray<{ readonly state: string }>; readonly idle?: number };
    return [said.map(({ state }) => state), idle, metrics![MemberMetrics.WATCHED]];
  };
  expect(await stateOf({ 'us-east-1': { '222222222222': 300 } })).toEqual([['silent'], undefined, 1]);
  expect(await stateOf({ 'us-east-1': { '222222222222': 0 } })).toEqual([[], 1, 1]);
  expect(await stateOf({ 'us-east-1': {} })).toEqual([[], undefined, 0]);
});
