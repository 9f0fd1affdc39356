import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as costExplorer from '@aws-sdk/client-cost-explorer';
import { eventRow, type LogRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import { BillMetrics } from '../../../engine/telemetry/names';
import { curRow, usageOf } from '../../cli/reconcile/billed-rows';
import { messages, meterOf } from '../../engine/metering/harness';
import type { OurLine } from '../../../engine/bill/our-usage';
import { wholeFrom } from '../../../lambda/reconcile-bill/days';
import type { Raw } from '../../fixtures/invocation-records';
import { answering, writtenLines } from '../aws-clients';

const NOW = Date.UTC(2026, 10, 25, 5, 30);
const MODELS = ['us.anthropic.claude-sonnet-4-6', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-pro-v1:0'];

/** Ten days of calls, of which the seven to 21 November are settled. */
const RECORDS: readonly Raw[] = Array.from({ length: 120 }, (_, n) => ({
  ...{ schemaType: 'ModelInvocationLog', schemaVersion: '1.0', region: n % 10 === 9 ? 'eu-west-1' : 'us-east-1' },
  timestamp: new Date(Date.UTC(2026, 10, 13 + (n % 11), 12)).toISOString(),
  accountId: '111122223333',
  requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  operation: 'Converse',
  modelId: MODELS[n % 3],
  identity: { arn: 'arn:aws:iam::111122223333:role/app' },
  input: { inputTokenCount: 100_000 + n },
  output: { outputTokenCount: 9000 },
}));

/** The ledger as Logs Insights has it; the first line is there twice. */
async function ledgerRows(): Promise<LogRow[]> {
  const { meter, ledger } = meterOf({ LEDGER: 'perCall' });
  await meter.meter(messages(RECORDS));
  const lines = ledger();
  return [...lines, lines[0]!].map((line, at) => eventRow(JSON.stringify(line), at));
}

interface Bill {
  readonly env?: Readonly<Record<string, string>>;
  readonly change?: (usageType: string, usd: number) => number;
  readonly more?: readonly object[];
  /** The first day of the ledger. */
  readonly since?: string;
}

/** Days of Cost Explorer in pages, with what the records of us-east-1 cost. */
function pagesOf({ change = (_, usd) => usd, more = [] }: Bill) {
  const ours = usageOf(RECORDS.filter(({ region }) => region === 'us-east-1').map((record) => JSON.stringify(record)));
  const days = [...new Set(ours.map(({ day }) => day))].filter((day) => day >= '2026-11-15' && day < '2026-11-22').sort();
  const pages = days.map((day) => ({
    GroupDefinitions: ['SERVICE', 'USAGE_TYPE'].map((Key) => ({ Type: 'DIMENSION', Key })),
    ResultsByTime: [
      {
        TimePeriod: { Start: day, End: new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10) },
        Groups: [
          ...ours
            .filter((line) => line.day === day)
            .map(curRow)
            .map((row) => ({
              Keys: [(JSON.parse(row.product!) as { product_name: string }).product_name, row.line_item_usage_type!],
              Metrics: {
                UnblendedCost: { Amount: String(change(row.line_item_usage_type!, Number(row.line_item_unblended_cost))), Unit: 'USD' },
                UsageQuantity: { Amount: row.line_item_usage_amount, Unit: 'N/A' },
              },
            })),
          ...more,
        ],
      },
    ],
  }));
  return pages.map((page, at) => ({ ...page, NextPageToken: at + 1 < pages.length ? `page ${at + 1}` : undefined }));
}

/** The same by account: all is of one. */
const byAccount = ({ ResultsByTime, ...page }: ReturnType<typeof pagesOf>[number]) => ({
  ...page,
  GroupDefinitions: ['LINKED_ACCOUNT', 'USAGE_TYPE'].map((Key) => ({ Type: 'DIMENSION', Key })),
  ResultsByTime: ResultsByTime.map(({ Groups, ...result }) => ({
    ...result,
    Groups: (Groups as Array<{ readonly Keys: readonly string[] }>).map(({ Keys, ...group }) => ({
      ...group,
      Keys: ['111122223333', Keys[1]],
    })),
  })),
});

const ENV = {
  LEDGER_LOG_GROUPS: 'ledger',
  METRICS_NAMESPACE: 'N',
  ACCOUNTS: '111122223333',
  REGIONS: 'us-east-1',
  COST_EXPLORER_REGION: 'us-east-1',
  AWS_REGION: 'us-east-1',
};

/** Runs the handler over a ledger and a bill. */
async function reconcile(answer: Bill | Error, insights: (rows: readonly LogRow[]) => readonly LogRow[] = (rows) => rows) {
  const since = answer instanceof Error ? '' : (answer.since ?? '');
  const rows = (await ledgerRows()).filter((row) => String(row.get('time')) >= since);
  const queries: string[] = [];
  const queried: unknown[] = [];
  answering(logs.CloudWatchLogsClient, {
    StartQueryCommand: ({ queryString, logGroupNames }) => {
      queried.push(logGroupNames);
      return { queryId: String(queries.push(String(queryString)) - 1) };
    },
    GetQueryResultsCommand: ({ queryId }) => {
      const query = queries[Number(queryId)]!;
      // The interpreter knows no patterns: the one about the day is applied here.
      const [clause = '', day = ''] = / and time like \/\^\((.+?)\)\//.exec(query) ?? [];
      const ofDay = rows.filter((row) => String(row.get('time')).startsWith(day));
      const found = insights(runQuery(query.replace(clause, ''), ofDay).rows);
      return {
        status: 'Complete',
        results: found.map((row) => [...row].flatMap(([field, value]) => (value === undefined ? [] : [{ field, value: String(value) }]))),
      };
    },
  });
  const asked = answering(costExplorer.CostExplorerClient, {
    GetDimensionValuesCommand: () => ({
      DimensionValues: [{ Value: 'Amazon Bedrock' }, { Value: 'Claude Sonnet 4.6 (Amazon Bedrock Edition)' }],
    }),
    GetCostAndUsageCommand: ({ NextPageToken = 'page 0', GroupBy }) => {
      if (answer instanceof Error) throw answer;
      const page = pagesOf(answer)[Number(String(NextPageToken).slice('page '.length))]!;
      const [{ Key }] = GroupBy as [{ readonly Key: string }];
      return Key === 'SERVICE' ? page : byAccount(page);
    },
  });
  Object.assign(process.env, ENV, answer instanceof Error ? {} : answer.env);
  // Loaded here, and anew, because it reads its environment when it is loaded.
  let lines: string[] = [];
  await jest.isolateModulesAsync(async () => {
    // The modules of this file, so that what is spied on here is what the handler uses.
    jest.doMock('@aws-sdk/client-cloudwatch-logs', () => logs);
    jest.doMock('@aws-sdk/client-cost-explorer', () => costExplorer);
    const { handler } = jest.requireActual<typeof import('../../../lambda/reconcile-bill/index')>('../../../lambda/reconcile-bill/index');
    lines = await writtenLines(handler);
  });
  return { asked, queried, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['setTimeout'] });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const metricsOf = (lines: readonly Record<string, unknown>[]) => lines.find((line) => '_aws' in line) ?? {};
const reportOf = (lines: readonly Record<string, unknown>[]) => lines.find((line) => 'reconciliation' in line) ?? {};

test('a bill that agrees: no drift, for the seven settled days of the Region, on all pages', async () => {
  const { lines, asked } = await reconcile({});
  expect(metricsOf(lines)).toMatchObject({ [BillMetrics.DRIFT]: 0, [BillMetrics.RUNS]: 1, [BillMetrics.UNSEEN]: 0, [BillMetrics.LAG]: 77 });
  expect(metricsOf(lines)[BillMetrics.OURS]).toBeGreaterThan(5);
  expect(reportOf(lines)).toMatchObject({
    from: '2026-11-15',
    until: '2026-11-22',
    driftPercent: 0,
    kinds: {},
    requests: 8,
    requestUsd: 0.08,
  });
  expect(asked[1]![1]).toMatchObject({
    // To yesterday, to see how far the bill reaches.
    TimePeriod: { Start: '2026-11-15', End: '2026-11-25' },
    Filter: { And: [{ Dimensions: { Key: 'SERVICE', Values: ['Amazon Bedrock', 'Claude Sonnet 4.6 (Amazon Bedrock Edition)'] } }, {}, {}] },
  });
});

test('a price that differs is drift, and a batch job is not', async () => {
  const batch = { Keys: ['Amazon Bedrock', 'USE1-NovaPro-input-tokens-batch'], Metrics: { UnblendedCost: { Amount: '2', Unit: 'USD' } } };
  const { lines } = await reconcile({ change: (type, usd) => (type.includes('NovaPro-output') ? usd * 2 : usd), more: [batch] });
  expect(metricsOf(lines)[BillMetrics.DRIFT]).toBeGreaterThan(1);
  expect(metricsOf(lines)[BillMetrics.UNSEEN]).toBeCloseTo(14);
  expect(Object.keys(reportOf(lines).kinds as object).sort()).toEqual(['price', 'unseenSource']);
});

test('of several accounts each is compared as well, and the ledger of what writes no record is asked, too', async () => {
  const env = { ACCOUNTS: '111122223333,444455556666', LEDGER_LOG_GROUPS: 'ledger,unrecorded' };
  const { lines, asked, queried } = await reconcile({ env, change: (type, usd) => (type.includes('NovaPro-output') ? usd * 2 : usd) });
  expect(queried[0]).toEqual(['ledger', 'unrecorded']);
  const [ofAll, ofAccount] = lines.filter((line) => '_aws' in line);
  expect(ofAccount).toMatchObject({ 'cloud.account.id': '111122223333', [BillMetrics.BILLED]: ofAll![BillMetrics.BILLED] });
  expect(ofAccount![BillMetrics.DRIFT]).toBeCloseTo(Number(ofAll![BillMetrics.DRIFT]));
  expect(reportOf(lines).accounts).toMatchObject([{ account: '111122223333' }]);
  expect(asked.filter(([, { GroupBy }]) => JSON.stringify(GroupBy)?.includes('LINKED_ACCOUNT'))).toHaveLength(7);
});

test('a bill that is not there yet publishes nothing, and says so', async () => {
  const { lines } = await reconcile(Object.assign(new Error('Data is not available'), { name: 'DataUnavailableException' }));
  expect(lines).toEqual([expect.objectContaining({ level: 'WARN', message: expect.stringContaining('the drift is unknown') })]);
});

test.each<[string, Bill | Error, string]>([
  ['Cost Explorer denies it', new Error('denied'), 'denied'],
  ['a line has no amount', { more: [{ Keys: ['Amazon Bedrock', 'USE1-x'], Metrics: {} }] }, 'it has none of the metrics'],
  [
    'a line is in another currency',
    { more: [{ Keys: ['Amazon Bedrock', 'x'], Metrics: { UnblendedCost: { Amount: '1', Unit: 'CNY' } } }] },
    'its currency is CNY',
  ],
])('%s: it fails, and nothing is published', async (_, answer, reason) => {
  await expect(reconcile(answer)).rejects.toThrow(reason);
});

test('a ledger that Logs Insights did not read whole: it fails, and nothing is published', async () => {
  await expect(reconcile({}, (rows) => rows.slice(0, 1))).rejects.toThrow('our figure of the day is unknown');
});

test('a ledger that was begun within these days: they are compared from its first whole day on', async () => {
  const { lines } = await reconcile({ since: '2026-11-18' });
  expect(metricsOf(lines)[BillMetrics.DRIFT]).toBe(0);
  expect(reportOf(lines)).toMatchObject({ from: '2026-11-19', until: '2026-11-22' });
});

test('a day without a line between others is compared', () => {
  const of = (day: string) => ({ day }) as OurLine;
  expect(wholeFrom([of('2026-11-20'), of('2026-11-15')], '2026-11-15')).toBe('2026-11-15');
  expect(wholeFrom([], '2026-11-15')).toBe('2026-11-15');
});
