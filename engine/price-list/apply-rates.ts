import type { RawRow } from '../pricing/price-row';
import type { PublishedRate } from './classify';
import { judgeRates, type Verdict } from './judge-rate';
import { isInForce } from './price-scope';
import { isOfferSource } from './source-key';

/** Where and when published rates were read. */
export interface Origin {
  /** The keys of the catalogue's source lines. */
  readonly sources: readonly string[];
  readonly region: string;
  /** The day on which the rates were published. */
  readonly published: string;
  readonly today: string;
  /** Whether prices that moved too far are applied, because someone looked at them. */
  readonly acceptQuarantined: boolean;
}

/** What was published for one scope of a model in one Region, and the catalogue's rows of that scope. */
export interface ScopedRates {
  readonly rows: readonly RawRow[];
  /** At least one. */
  readonly rates: readonly PublishedRate[];
  readonly context?: string;
  /** What the shipped catalogue says, by kind. */
  readonly shippedRates: Readonly<Record<string, string>>;
  /** What the model costs in other Regions, tiers and routings, by kind. */
  readonly relatedRates: Readonly<Record<string, readonly string[]>>;
}

export interface Applied {
  readonly rows: readonly RawRow[];
  /** Prices that are different now, one sentence each. */
  readonly changed: readonly string[];
  /** Prices that were not known until now, one sentence each. */
  readonly added: readonly string[];
  /** Prices that are different and were not applied, one sentence each, with the reason. */
  readonly quarantined: readonly string[];
}

/** Brings the rows of one scope up to what was published. */
export function applyRates({ rows, rates, context, shippedRates, relatedRates }: ScopedRates, origin: Origin): Applied {
  const { today, acceptQuarantined } = origin;
  const current = rows.find((row) => isInForce(row, today));
  const row = current ?? emptyRow(rows, rates, context, origin);

  const judged = judgeRates(rates, { row, shippedRates, relatedRates, acceptQuarantined });
  const ratesIn = (state: Verdict['state']): PublishedRate[] =>
    judged.flatMap(({ rate, verdict }) => (verdict.state === state ? [rate] : []));
  const sentence = (rate: PublishedRate): string => describe(rate, row.rates[rate.kind]);

  const added = ratesIn('added');
  const changed = ratesIn('changed');
  const confirmed = confirm(row, [...ratesIn('unchanged'), ...added], origin);
  return {
    rows: [...rows.filter((other) => other !== current), ...succession(confirmed, changed, origin)].filter(hasRates),
    changed: changed.map(sentence),
    added: added.map(sentence),
    quarantined: judged.flatMap(({ rate, verdict }) => (verdict.state === 'quarantined' ? [`${sentence(rate)} (${verdict.reason})`] : [])),
  };
}

function describe({ usagetype, kind, model, rate }: PublishedRate, before: string | undefined): string {
  return `${usagetype}: ${kind} of ${model} ${before === undefined ? 'is new:' : `${before} ->`} ${rate}`;
}

/** A row without rates for a scope that has no price in use. It begins where the last one ended, if there was one. */
function emptyRow(rows: readonly RawRow[], rates: readonly PublishedRate[], context: string | undefined, origin: Origin): RawRow {
  const { model, routing, tier, spec } = rates[0]!;
  const lastEnd = latest(rows.flatMap(({ until }) => until ?? []));
  return {
    price: model,
    routing,
    tier,
    ...(context && { context }),
    ...(spec && { spec }),
    regions: [origin.region],
    rates: {},
    ...(lastEnd === undefined ? { effective: latest(rates.map(({ effective }) => effective)) } : { from: lastEnd }),
    sources: [],
    grade: 'A',
    asOf: origin.published,
  };
}

/** The row with the published rates. Kinds that the Price List does not name keep their rate and their grade. */
function confirm(row: RawRow, rates: readonly PublishedRate[], { sources, published }: Origin): RawRow {
  if (rates.length === 0) return row;
  const named = new Set(rates.map(({ kind }) => kind));
  const weak = Object.keys(row.rates).flatMap((kind) => {
    const grade = row.weak?.[kind] ?? row.grade;
    return named.has(kind) || grade === 'A' ? [] : [[kind, grade]];
  });
  return {
    ...without(row, 'weak'),
    rates: { ...row.rates, ...Object.fromEntries(rates.map(({ kind, rate }) => [kind, rate])) },
    sources: [...sources, ...row.sources.filter((source) => !isOfferSource(source))],
    grade: 'A',
    asOf: published,
    ...(weak.length > 0 && { weak: Object.fromEntries(weak) as Record<string, string> }),
  };
}

/** The row, closed on the day on which the first of its prices changed, and one more row for each day of a change. */
function succession(row: RawRow, changes: readonly PublishedRate[], origin: Origin): RawRow[] {
  let last = row;
  const closed: RawRow[] = [];
  for (const day of [...new Set(changes.map(({ effective }) => effective))].sort()) {
    if (last.from !== day) closed.push({ ...last, until: day });
    const opened = { ...without(last, 'effective', 'why', 'others', 'disputed'), from: day };
    last = confirm(
      opened,
      changes.filter(({ effective }) => effective === day),
      origin,
    );
  }
  return [...closed, last];
}

function hasRates({ rates }: RawRow): boolean {
  return Object.keys(rates).length > 0;
}

function without(row: RawRow, ...fields: readonly (keyof RawRow)[]): RawRow {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !fields.some((name) => name === field))) as unknown as RawRow;
}

/** The last of days like `2026-11-21`. */
function latest(days: readonly string[]): string | undefined {
  return [...days].sort().at(-1);
}
