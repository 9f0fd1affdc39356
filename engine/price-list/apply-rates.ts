import { parseRate } from '../pricing/pico-usd';
import type { RawRow } from '../pricing/price-row';
import type { PublishedRate } from './classify';

/** A price that moved by more than this factor is more likely to be misread than to be true. */
export const MAX_FACTOR = 5n;

export interface Origin {
  /** The keys of the catalogue's source lines. */
  readonly sources: readonly string[];
  readonly region: string;
  readonly published: string;
  readonly today: string;
  /** Whether prices that moved too far are applied all the same, because somebody looked at them. */
  readonly acceptQuarantined: boolean;
}

export interface Applied {
  readonly rows: readonly RawRow[];
  /** Prices that are different now, in words. */
  readonly changed: readonly string[];
  /** Prices that were not known until now, in words. */
  readonly added: readonly string[];
  /** Prices that are different and were not applied, in words, and why. */
  readonly quarantined: readonly string[];
}

/** The rows of one model that answer for one scope in one Region, and what was published for it. */
export interface ScopedRates {
  readonly rows: readonly RawRow[];
  readonly rates: readonly PublishedRate[];
  readonly context?: string;
  /** What the shipped catalogue says: a rate of it that agrees with the price list needs no second look. */
  readonly builtIn: Readonly<Record<string, string>>;
}

/** Brings the rows of one scope up to what was published. */
export function applyRates({ rows, rates, context, builtIn }: ScopedRates, origin: Origin): Applied {
  const isCurrent = (row: RawRow): boolean => (row.from ?? '') <= origin.today && (row.until ?? '9999') > origin.today;
  const current = rows.find(isCurrent);
  if (!current) return opened(rows, rates, context, origin);

  const verdicts = rates.map((rate) => ({ rate, verdict: judge(current, rate, origin, builtIn) }));
  const of = (wanted: Verdict): PublishedRate[] => verdicts.flatMap(({ rate, verdict }) => (verdict === wanted ? [rate] : []));
  const changes = of('changed');
  const said = (rate: PublishedRate): string =>
    `${rate.usagetype}: ${rate.kind} of ${rate.model} ${current.rates[rate.kind]} -> ${rate.rate}`;
  const confirmed = confirm(current, [...of('same'), ...of('new')], origin);
  return {
    rows: [...rows.filter((row) => row !== current), ...succession(confirmed, changes, origin)],
    changed: changes.map(said),
    added: of('new').map(addition),
    quarantined: QUARANTINED_BECAUSE.flatMap((why) => of(why).map((rate) => `${said(rate)} (${why})`)),
  };
}

const addition = ({ usagetype, kind, model, rate }: PublishedRate): string => `${usagetype}: ${kind} of ${model} is new: ${rate}`;

const QUARANTINED_BECAUSE = [
  'moved by more than five times',
  'another price stands with a reason',
  'the catalogue has a later price',
] as const;
type Verdict = 'same' | 'new' | 'changed' | (typeof QUARANTINED_BECAUSE)[number];

function judge(row: RawRow, { kind, rate, effective }: PublishedRate, origin: Origin, builtIn: Readonly<Record<string, string>>): Verdict {
  const known = row.rates[kind];
  if (known === undefined) return 'new';
  const [before, after] = [parseRate(kind, known), parseRate(kind, rate)];
  if (before === after) return 'same';
  // A later day than the row's means that whoever gave the reason could not know.
  const seen = row.others?.some((other) => other.startsWith(`${kind} `) && other.endsWith(` ${rate}`)) ?? false;
  if (row.why !== undefined && seen && effective <= row.asOf.padEnd(10, '-99')) return 'another price stands with a reason';
  if (effective < (row.from ?? '') || effective >= (row.until ?? '9999')) return 'the catalogue has a later price';
  const moderate = before > 0n && after > 0n && before <= after * MAX_FACTOR && after <= before * MAX_FACTOR;
  return moderate || origin.acceptQuarantined || builtIn[kind] === rate ? 'changed' : 'moved by more than five times';
}

/** The row with what the price list says of it; kinds that the price list does not name keep their grade. */
function confirm(row: RawRow, rates: readonly PublishedRate[], origin: Origin): RawRow {
  if (rates.length === 0) return row;
  const named = new Set(rates.map(({ kind }) => kind));
  const weak = Object.keys(row.rates).flatMap((kind) => {
    const grade = row.weak?.[kind] ?? row.grade;
    return named.has(kind) || grade === 'A' ? [] : [[kind, grade]];
  });
  return {
    ...without(row, 'weak'),
    rates: { ...row.rates, ...ratesOf(rates) },
    sources: [...origin.sources, ...row.sources.filter((source) => !isRead(source))],
    grade: 'A',
    asOf: origin.published,
    ...(weak.length > 0 && { weak: Object.fromEntries(weak) as Record<string, string> }),
  };
}

/** The row, closed on the day on which the first of its prices changed, and one more row for each such day. */
function succession(row: RawRow, changes: readonly PublishedRate[], origin: Origin): RawRow[] {
  let last = row;
  const closed: RawRow[] = [];
  for (const day of [...new Set(changes.map(({ effective }) => effective))].sort()) {
    const today = changes.filter(({ effective }) => effective === day);
    if (last.from !== day) closed.push({ ...last, until: day });
    last = confirm({ ...without(last, 'effective', 'why', 'others', 'disputed'), from: day }, today, origin);
  }
  return [...closed, last];
}

/** Rows for a scope that had no price until now. */
function opened(rows: readonly RawRow[], rates: readonly PublishedRate[], context: string | undefined, origin: Origin): Applied {
  const [first] = rates;
  const days = rates.map(({ effective }) => effective).sort();
  const ended = rows.flatMap(({ until }) => until ?? []).sort();
  const after = ended.at(-1);
  const row: RawRow = {
    price: first!.model,
    routing: first!.routing,
    tier: first!.tier,
    ...(context && { context }),
    ...(first!.spec && { spec: first!.spec }),
    regions: [origin.region],
    rates: ratesOf(rates),
    ...(after === undefined ? { effective: days.at(-1)! } : { from: after }),
    sources: origin.sources,
    grade: 'A',
    asOf: origin.published,
  };
  return {
    rows: [...rows, row],
    changed: [],
    added: rates.map(addition),
    quarantined: [],
  };
}

const READ = 'read:';

export function sourceKey(service: string, region: string, published: string): string {
  return `${READ}${service}:${region}:${published}`;
}

/** Whether a source is a price list that a refresh has read. */
export function isRead(source: string): boolean {
  return source.startsWith(READ);
}

function without(row: RawRow, ...fields: readonly (keyof RawRow)[]): RawRow {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !fields.some((name) => name === field))) as unknown as RawRow;
}

function ratesOf(rates: readonly PublishedRate[]): Record<string, string> {
  return Object.fromEntries(rates.map(({ kind, rate }) => [kind, rate]));
}
