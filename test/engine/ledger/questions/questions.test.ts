import { insightsQuery } from '../../../../engine/ledger/questions/insights-query';
import { NAMED_QUESTIONS, type Question } from '../../../../engine/ledger/questions/question';
import { duringSql, sqlQuery } from '../../../../engine/ledger/questions/sql-query';
import { InferenceProfiles } from '../../../../lambda/meter-calls/inference-profiles';
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

const QUESTIONS: readonly Question[] = [
  ...NAMED_QUESTIONS,
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
const ALL = [...KINDS.flatMap((record, kind) => [0, 1, 2].map((n) => numbered(record, 10 * kind + n))), error];

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
  return ledgers.flat().filter((line) => line.startsWith('{"ledger"'));
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

test.each(QUESTIONS.map((question): [string, Question] => [JSON.stringify(question), question]))(
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
  const day = (date: string) => duringSql({ from: Date.parse(date), until: Date.parse(date) + 86_400_000 });
  const calls = async (during: string) => (await ledger.rows(sqlQuery({ by: [], measures: ['calls'], limit: 1 }, during)))[0]!.calls;
  expect(await calls(day('2026-11-19'))).toBe('3');
  expect(await calls(day('2026-11-21'))).toBe('0');
});
