import { insightsQuery } from '../../../../engine/ledger/questions/insights-query';
import { type LedgerQuestion, NAMED_QUESTIONS } from '../../../../engine/ledger/questions/question';
import { calledSql, sqlQuery } from '../../../../engine/ledger/questions/sql-query';
import { CALLER_COSTS } from '../../../../lambda/publish-signals/callers';
import { CALL_QUESTIONS } from '../../../../lambda/publish-signals/ledger-calls';
import { DIGEST_QUESTIONS } from '../../../../lambda/send-digest/digest-questions';
import { LINES_OF_DAY, usageQuestion } from '../../../../lambda/reconcile-bill/bill-questions';
import { RECORDS } from '../../../../lambda/watch-members/records';
import { InferenceProfiles } from '../../../../lambda/meter-calls/inference-profiles';
import { PriceEngine } from '../../../../engine/pricing/price-engine';
import { usageOfBatchJob } from '../../../../engine/unrecorded/batch-job';
import { usageOfGuardrails } from '../../../../engine/unrecorded/metered-units';
import { rateUnrecorded } from '../../../../engine/unrecorded/rate-unrecorded';
import { unrecordedLines } from '../../../../engine/unrecorded/unrecorded-lines';
import { eventRow, runQuery } from '../../../../local-cloudwatch/logs-insights';
import { file, lines as records, replay } from '../../../cli/replaying';
import {
  APPLICATION_PROFILE_ARN,
  blocked,
  converse,
  embedding,
  failed,
  metadataOnly,
  numbered,
  type Raw,
} from '../../../fixtures/invocation-records';
import { messages, meterOf } from '../../metering/harness';
import { DuckLedger } from './duck-ledger';

const QUESTIONS: readonly LedgerQuestion[] = [
  ...NAMED_QUESTIONS,
  ...Object.values(DIGEST_QUESTIONS),
  ...Object.values(CALL_QUESTIONS),
  ...[CALLER_COSTS, LINES_OF_DAY, RECORDS, usageQuestion(false), usageQuestion(true)],
  { by: [], measures: ['calls', 'lines', 'priced', 'failed', 'usd', 'highUsd', 'input', 'longest', 'output'], limit: 1 },
  { by: ['metadata.cost-center'], measures: ['calls', 'usd'], limit: 100 },
  {
    of: 'priced',
    by: ['pricedModel', 'tier', 'writes5m', 'writes1h'],
    measures: ['calls', 'uncached', 'cacheWrite', 'output'],
    limit: 100,
  },
  { by: ['operation', 'source', 'status'], measures: ['calls'], limit: 100 },
];

const { requestId, modelId, operation } = numbered(metadataOnly, 2);
const error = { ...failed, requestId, modelId, operation };
const KINDS: readonly Raw[] = [
  ...[metadataOnly, converse, embedding, failed, blocked],
  { ...failed, errorCode: 'AccessDeniedException' },
  { ...metadataOnly, modelId: 'acme.unknown' },
  { ...metadataOnly, modelId: APPLICATION_PROFILE_ARN },
  { ...metadataOnly, serviceTier: 'flex', timestamp: '2026-11-19T23:59:59Z', requestMetadata: { 'cost-center': "it's 7" } },
  { ...metadataOnly, input: { inputTokenCount: 5000, cacheWriteInputTokenCount: 700 }, output: { outputTokenCount: 20 } },
];
/** The one call with most tokens. */
const LARGEST = { ...numbered(metadataOnly, 99), output: { outputTokenCount: 60_000 } };
const ALL = [LARGEST, ...KINDS.flatMap((record, kind) => [0, 1, 2].map((n) => numbered(record, 10 * kind + n))), error];

/** Two hours of a guardrail, and a batch job: no record describes them, and questions about calls leave them out. */
function unrecorded(): string[] {
  const at = { hour: Date.UTC(2026, 10, 20, 9), accountId: '111122223333', region: 'us-east-1' };
  const job = {
    ...{ jobArn: 'arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/a', status: 'Completed', endTime: at.hour },
    modelId: 'amazon.nova-micro-v1:0',
  };
  const counts = { totalRecordCount: 2, processedRecordCount: 2, successRecordCount: 2, errorRecordCount: 0 };
  const manifest = { text: JSON.stringify({ ...counts, inputTokenCount: 3_000_000, outputTokenCount: 500 }) };
  const usages = [
    ...[0, 1].flatMap((hours) =>
      usageOfGuardrails(new Map([['ContentPolicy', 400 + hours]]), { ...at, hour: at.hour + 3_600_000 * hours }),
    ),
    usageOfBatchJob(job, manifest, at.hour)!,
  ];
  const prices = new PriceEngine();
  const rated = usages.map((usage) => rateUnrecorded(usage, prices));
  expect(rated.map(({ status }) => status)).toEqual(['priced', 'priced', 'priced']);
  return unrecordedLines(rated, { namespace: 'N', ledgerStream: 'rows' }, prices);
}

/** What two functions wrote of these calls, of which the second got some of the batches again. */
async function written(): Promise<string[]> {
  const ledgers = await Promise.all(
    [ALL, [...ALL.slice(4, 20), error]].map(async (batch) => {
      const { meter, written } = meterOf(
        { LEDGER: 'perCall', LEDGER_STREAM: 'rows', METADATA_KEYS: 'cost-center' },
        { profiles: new InferenceProfiles(() => Promise.resolve(() => Promise.resolve('anthropic.claude-sonnet-4-6'))) },
      );
      await meter.meter(messages([...batch, { ...metadataOnly, region: 7 }]));
      return written.join('').split('\n');
    }),
  );
  return [...ledgers.flat(), ...unrecorded()].filter((line) => line.startsWith('{"ledger"'));
}

/** What is unknown is left out by one engine and NULL in the other; a sum of doubles has no more than 15 digits that count. */
const normal = (rows: ReadonlyArray<Iterable<readonly [string, unknown]>>): string[] =>
  rows
    .map((row) =>
      JSON.stringify(
        [...row]
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [
            name,
            Number.isNaN(Number(value)) || value === '' ? String(value) : Number(Number(value).toPrecision(13)),
          ])
          .sort(),
      ),
    )
    .sort();

let ledger: DuckLedger;
let lines: string[];

beforeAll(async () => {
  lines = await written();
  ledger = await DuckLedger.of([...lines, ...lines.slice(5, 15)]);
});
afterAll(() => ledger.close());

test.each(QUESTIONS.map((question): [string, LedgerQuestion] => [JSON.stringify(question), question]))(
  'SQL and Logs Insights answer %s alike',
  async (_, question) => {
    const events = [...lines, ...lines.slice(5, 15)].map((line, at) => eventRow(line, at));
    const insights = runQuery(insightsQuery(question).join(' | '), events).rows;
    const sql = await ledger.rows(sqlQuery(question, 'true'));
    expect(sql.length).toBeGreaterThan(0);
    expect(normal(sql.map((row) => Object.entries(row)))).toEqual(normal(insights));
  },
);

test('an error and a price of one call are one call, whose cost counts once', async () => {
  const [once] = await ledger.rows(
    `select "lines", status, error_code, cost_usd from (${sqlQueryOfCalls()}) as calls where call_id = '${String(error.requestId)}'`,
  );
  expect(once).toEqual({ lines: '3', status: 'priced', error_code: failed.errorCode, cost_usd: '0.021697500000' });
});

const sqlQueryOfCalls = () => /with calls as \(\n([^]*)\n\)\nselect/.exec(sqlQuery(NAMED_QUESTIONS[0]!, 'true'))![1]!;

test('what has no price is NULL, and no zero', async () => {
  const rows = await ledger.rows(sqlQuery({ by: ['model'], measures: ['calls', 'priced', 'usd'], limit: 100 }, 'true'));
  expect(rows).toContainEqual({ model: 'acme.unknown', calls: '3', priced: '0' });
});

test('the sums are those of `replay`, to the pico-dollar', async () => {
  const profiles = file(JSON.stringify({ [APPLICATION_PROFILE_ARN]: 'anthropic.claude-sonnet-4-6' }), 'profiles.json');
  const { lines: replayed } = await replay([file(records(...ALL)), '--profiles', profiles]);
  const exact = replayed.reduce((sum, { costUsd = '0' }) => sum + BigInt(Math.round(Number(costUsd) * 1e12)), 0n);
  const [total] = await ledger.rows(sqlQuery({ by: [], measures: ['usd'], limit: 1 }, 'true'));
  expect(BigInt(total!.usd!.replace('.', ''))).toBe(exact);
});

test('a period is that of the calls, not of the rows', async () => {
  const day = (date: string) => calledSql({ from: Date.parse(date), until: Date.parse(date) + 86_400_000 });
  const calls = async (during: string) => (await ledger.rows(sqlQuery({ by: [], measures: ['calls'], limit: 1 }, during)))[0]!.calls;
  expect(await calls(day('2026-11-19'))).toBe('3');
  expect(await calls(day('2026-11-21'))).toBe('0');
});
