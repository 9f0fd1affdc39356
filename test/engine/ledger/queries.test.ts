import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CostMetrics } from '../../../lib/cost-metrics';
import { ledgerQueries } from '../../../lib/private/dashboards/ledger-queries';
import { insightsQuery } from '../../../engine/ledger/questions/insights-query';
import type { LedgerQuestion } from '../../../engine/ledger/questions/question';
import { DIGEST_QUESTIONS } from '../../../lambda/send-digest/digest-questions';
import { CALLER_COSTS } from '../../../lambda/publish-signals/callers';
import { CALL_QUESTIONS } from '../../../lambda/publish-signals/ledger-calls';
import { Member } from '../../../engine/ledger/members';
import { eventRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import {
  APPLICATION_PROFILE_ARN,
  blocked,
  converse,
  embedding,
  failed,
  metadataOnly,
  numbered,
  type Raw,
} from '../../fixtures/invocation-records';
import { InferenceProfiles } from '../../../lambda/meter-calls/inference-profiles';
import { meterOf, messages } from '../metering/harness';
import { fieldsOf } from './query-fields';
import { writtenMembers } from './written-members';

const DOCS = join(__dirname, '../../../docs');

/** Queries over the ledger in the documentation: blocks of code that say so. */
function documentedQueries(): Array<[name: string, query: string]> {
  const pages = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  return pages.flatMap((page) =>
    [...readFileSync(join(DOCS, page), 'utf8').matchAll(/^ *```\n([\s\S]*?)^ *```/gm)]
      .map(([, block = '']) => block)
      .filter((block) => block.includes('ledger = 1'))
      .map((query): [string, string] => [`docs/${page}`, query]),
  );
}

const WHOLE_DAY = { from: Date.UTC(2026, 10, 20), until: Date.UTC(2026, 10, 21) };

const asked = (by: string, questions: Readonly<Record<string, LedgerQuestion>>): Array<[string, string]> =>
  Object.entries(questions).map(([name, question]) => [`${by} ${name}`, insightsQuery(question).join(' | ')]);

const QUERIES: Array<[name: string, query: string]> = [
  ...ledgerQueries({ costMetrics: CostMetrics.inNamespace(), ownerMetadataKey: 'cost-center', promptsHashed: true }).map(
    ({ id, lines }): [string, string] => [`saved query ${id}`, lines.join(' | ')],
  ),
  ...asked('signal', { ...CALL_QUESTIONS, callerCosts: CALLER_COSTS }),
  ...asked('digest', DIGEST_QUESTIONS),
  ...documentedQueries(),
];

/** The fields of a query that no line of the ledger has. Keys inside `metadata` and `units` are the caller's and the model's. */
function unknownFields(query: string): string[] {
  const written = writtenMembers();
  const isOpen = (field: string) => [Member.metadata, Member.units].some((member) => field.startsWith(`${member}.`));
  return fieldsOf(query).filter((field) => !written.has(field) && !isOpen(field));
}

test.each(QUERIES)('%s names only what is written', (_, query) => {
  expect(fieldsOf(query)).toContain(Member.ledger);
  expect(unknownFields(query)).toEqual([]);
});

/** Columns that are about lines, and say so. */
const ABOUT_LINES = new Set(['lines', 'lastRequest', 'Last request id']);

/** What a query answers, without the columns that Logs Insights adds. */
function rowsOf(query: string, lines: ReadonlyArray<Record<string, unknown>>): string[] {
  // The interpreter knows no patterns, and documented queries leave open whose role it is.
  const known = query.replace(/ and time like \/[^/]+\//, '').replace(/ and role (=|like) ".*…"/, '');
  const rows = lines.map((line, index) => eventRow(JSON.stringify(line), WHOLE_DAY.from + index * 60_000));
  return runQuery(known, rows)
    .rows.map((row) => [...row].filter(([name]) => !name.startsWith('@') && !ABOUT_LINES.has(name)))
    .map((row) => JSON.stringify(row))
    .sort();
}

/** Lines of two calls of each kind, and of one without a request id. */
async function ledgerLines(): Promise<Array<Record<string, unknown>>> {
  const { meter, ledger } = meterOf(
    { LEDGER: 'perCall', METADATA_KEYS: 'cost-center' },
    {
      profiles: new InferenceProfiles(() => Promise.resolve(() => Promise.resolve('anthropic.claude-sonnet-4-6'))),
      promptHashing: { get: () => Promise.resolve(() => 'hash') },
    },
  );
  const { outputBodyJson, ...output } = converse.output as { outputBodyJson: object };
  const slowAndCut = { ...outputBodyJson, metrics: { latencyMs: 20_000 }, stopReason: 'max_tokens' };
  const kinds: Raw[] = [
    ...[metadataOnly, converse, embedding, failed, blocked],
    { ...converse, output: { ...output, outputBodyJson: slowAndCut } },
    { ...failed, errorCode: 'AccessDeniedException' },
    { ...metadataOnly, modelId: 'acme.unknown' },
    { ...metadataOnly, modelId: APPLICATION_PROFILE_ARN },
    { ...metadataOnly, input: { inputTokenCount: 5000, cacheWriteInputTokenCount: 700 }, output: { outputTokenCount: 20 } },
  ];
  const records = kinds.flatMap((record, kind) => [numbered(record, 2 * kind), numbered(record, 2 * kind + 1)]);
  const events = messages([...records, { ...metadataOnly, requestId: '********' }, { ...metadataOnly, region: 7 }]);
  await meter.meter(events.map((event, id) => ({ ...event, id: `${id}` })));
  return ledger();
}

test.each(QUERIES)('%s counts each call once, however often its line was written', async (_, query) => {
  // `dedup` keeps each row without a value.
  const lines = (await ledgerLines()).filter(({ requestId }) => requestId !== undefined || !query.includes('dedup'));
  const once = rowsOf(query, lines);
  expect(once.length).toBeGreaterThan(0);
  expect(rowsOf(query, [...lines, ...lines])).toEqual(once);
  expect(rowsOf(query, [...lines, ...[...lines].reverse()])).toEqual(once);
});

test('there are queries of each kind', () => {
  const kinds = new Set(QUERIES.map(([name]) => name.split(/[ /]/)[0]));
  expect(kinds).toEqual(new Set(['saved', 'signal', 'digest', 'docs']));
});

test.each([
  ['a filter', 'filter ledger = 1 and priceSource = "x"', 'priceSource'],
  ['a function of a group', 'filter ledger = 1 | stats sum(costUsd) as usd by priceSource', 'priceSource'],
  ['an argument', 'filter ledger = 1 | stats sum(cost) as usd by model', 'cost'],
  ['a field', 'filter ledger = 1 | fields coalesce(token.input, 0) + tokens.output as used', 'token.input'],
  ['a field in backticks', 'filter ledger = 1 | fields coalesce(`meta.cost-center`, "none") as owner', 'meta.cost-center'],
  ['an order', 'filter ledger = 1 | fields costUsd as usd | sort cost desc', 'cost'],
  ['a list', 'filter ledger = 1 | display time, stopreason', 'stopreason'],
  ['a negation', 'filter ledger = 1 and not ispresent(error)', 'error'],
  ['a name that a later command gives', 'filter ledger = 1 and usd > 1 | stats sum(costUsd) as usd by model', 'usd'],
])('a wrong name is seen in %s', (_, query, wrong) => {
  expect(unknownFields(query)).toEqual([wrong]);
});
