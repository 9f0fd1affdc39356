import {
  addCalls,
  type CallGroup,
  type CallSums,
  type DigestFacts,
  type DigestPeriod,
  groupsOf,
  NO_CALLS,
} from '../../engine/digest/digest-facts';
import { Catalogue } from '../../engine/pricing/catalogue';
import { resolveModel } from '../../engine/pricing/model-id';
import type { PicoUsd } from '../../engine/pricing/types';
import { type LedgerReader, requiredLedgerReader } from '../shared/ledger-reader';
import { MAX_ROWS, numberOf, type QueryRow, type Sources } from '../shared/sources';
import type { DigestConfig } from './config';
import { DIGEST_QUESTIONS, type DigestQuestion } from './digest-questions';
import { largestSaving } from './largest-saving';
import { ownCosts } from './own-costs';

/** The facts of a period from the ledger, and those of the period before that a digest compares with. */
export async function ledgerFacts(
  sources: Sources,
  config: Omit<DigestConfig, 'bucket' | 'timeZone' | 'topics'>,
  { from, until }: DigestPeriod,
  reader: LedgerReader = requiredLedgerReader(sources, config),
): Promise<DigestFacts> {
  const period = { from, until };
  const before = { from: from - (until - from), until: from };
  const ask = (question: DigestQuestion, of: typeof period) => reader.askCalled(DIGEST_QUESTIONS[question], of);
  const [totals, models, callers, profiles, unpriced, levers, priceRows, priceRowsBefore, totalsBefore] = await Promise.all([
    totalsOf((name) => ask(name, period)),
    ask('models', period),
    ask('callers', period),
    ask('profiles', period),
    ask('unpriced', period),
    ask('levers', period),
    ask('priceRows', period),
    ask('priceRows', before),
    totalsOf((name) => ask(name, before)),
  ]);
  return {
    total: totals.calls,
    models: modelsOf(models),
    callers: groupsOf(callers.map((row) => [row.principal || '(none)', sumsOf(row)])),
    profiles: groupsOf(profiles.map((row) => [row.profile || UNKNOWN, sumsOf(row)])),
    unpriced: unpriced.map(({ modelId, reason = '', ...row }) => ({ model: modelId || UNKNOWN, reason, calls: numberOf(row, 'calls') })),
    usdBefore: totalsBefore.calls.priced > 0 && totals.isWhole && totalsBefore.isWhole ? totalsBefore.calls.usd : undefined,
    largestSaving: isCut(levers) ? undefined : largestSaving(levers, from),
    newPriceRows: isCut(priceRows) || isCut(priceRowsBefore) ? undefined : newNames(priceRows, priceRowsBefore),
    ownCosts: await ownCosts(sources, config, period),
    limits: [
      ...(totals.isWhole ? [] : [`${reader.name} did not group all ledger lines by call: cost and calls are at least what is said here`]),
      ...Object.entries({ models, roles: callers, profiles, 'models without a price': unpriced, 'price rows': priceRows })
        .filter(([, rows]) => isCut(rows))
        .map(([name]) => `${reader.name} returned ${MAX_ROWS} rows of ${name}, and there can be more: the totals are of all calls`),
    ],
  };
}

interface Totals {
  readonly calls: CallSums;
  /** Whether every line of the ledger is in the totals. */
  readonly isWhole: boolean;
}

async function totalsOf(ask: (name: 'lines' | 'totals') => Promise<readonly QueryRow[]>): Promise<Totals> {
  // One after the other: a line that is written in between is in the totals, and none seems to be missing.
  const [lines] = await ask('lines');
  const states = await ask('totals');
  const inTotals = states.reduce((sum, row) => sum + numberOf(row, 'lines'), 0);
  return {
    calls: states.map(sumsOf).reduce(addCalls, NO_CALLS),
    isWhole: inTotals >= numberOf(lines, 'lines'),
  };
}

const UNKNOWN = '(unknown)';

/**
 * Calls by model. Those that failed have no model in the ledger: it is the one that other calls of the same id have, or the one
 * that the id names.
 */
function modelsOf(rows: readonly QueryRow[]): CallGroup[] {
  const known = new Map(rows.flatMap(({ modelId, pricedModel }) => (modelId && pricedModel ? [[modelId, pricedModel] as const] : [])));
  const nameOf = (modelId: string) => known.get(modelId) ?? resolveModel(modelId, Catalogue.builtIn()).model ?? modelId;
  return groupsOf(rows.map(({ modelId = '', pricedModel, ...row }) => [pricedModel || nameOf(modelId) || UNKNOWN, sumsOf(row)]));
}

function sumsOf(row: QueryRow): CallSums {
  const calls = numberOf(row, 'calls');
  return {
    calls,
    failed: numberOf(row, 'failed'),
    rated: row.status === 'ignored' ? 0 : calls,
    priced: numberOf(row, 'priced'),
    counted: numberOf(row, 'counted'),
    input: numberOf(row, 'input'),
    output: numberOf(row, 'output'),
    usd: pico(numberOf(row, 'usd')),
  };
}

const isCut = (rows: readonly QueryRow[]): boolean => rows.length >= MAX_ROWS;

/** Price rows that are new in this period; undefined where the period before had none to compare with. */
function newNames(rows: readonly QueryRow[], rowsBefore: readonly QueryRow[]): string[] | undefined {
  const known = new Set(rowsBefore.map(({ priceRow }) => priceRow));
  return known.size === 0 ? undefined : rows.flatMap(({ priceRow }) => (priceRow && !known.has(priceRow) ? [priceRow] : [])).sort();
}

/** Logs Insights sums doubles: their error is far below the millionth of a dollar to which a digest rounds. */
const pico = (usd: number): PicoUsd => BigInt(Math.round(usd * 1e12));
