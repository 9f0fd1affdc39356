import { Catalogue, type ModelInfo } from '../pricing/catalogue';
import { readRow, type RawRow } from '../pricing/price-row';
import { rowConflicts } from '../pricing/row-conflicts';
import { isInForce, regionsOf, scopeKey } from './price-scope';
import { isOfferSource } from './source-key';

/** The first line of a stored catalogue. */
interface Header {
  readonly catalogue: string;
  /** The Region for which a refresh has made it; absent where it holds for all. */
  readonly region?: string;
}

/** Days before and after all others, where a row has no `from` or `until`. */
const BEGINNING = '';
const END = '9999';

/** Rows of one model and scope in one Region. */
interface Cell {
  readonly scope: string;
  readonly region: string;
  readonly rows: readonly RawRow[];
}

/**
 * The built-in catalogue with what an earlier refresh stored, so that neither an upgrade of the library nor a stored file that
 * was cut loses a price that either has. Where both have a price, that of the newer row holds, and the older row fills in the
 * kinds and the times that the newer one lacks. Rows that the refresh did not read are copies of the catalogue of its library:
 * those of an older library count only where the built-in catalogue has none.
 */
export function union(builtIn: Catalogue, stored: Catalogue): Catalogue {
  const [header = { catalogue: builtIn.version }] = stored.lines<Header>('catalogue');
  const [storedVersion = '', ...suffix] = header.catalogue.split('/');
  const isOlder = storedVersion < builtIn.version;
  const models = lastOfEach('model', [...stored.lines<ModelInfo>('model'), ...builtIn.lines<ModelInfo>('model')]);
  const prices = models.flatMap(({ model }) => {
    const shipped = builtIn.raw(model);
    const joined = cellsOf(stored.raw(model), header.region, stored).reduce<readonly RawRow[]>((rows, cell) => {
      const { matching, others } = split(rows, cell.scope, cell.region, builtIn);
      return isSame(matching, cell.rows) ? rows : [...others, ...joinCell(matching, cell.rows, isOlder)];
    }, shipped);
    return joined === shipped || isSound(joined, builtIn) ? joined : shipped;
  });
  const priced = new Set(prices.map(({ price }) => price));
  const known = models.filter(({ model }) => builtIn.model(model) || priced.has(model));
  const lines = [
    { ...header, catalogue: [isOlder ? builtIn.version : storedVersion, ...suffix].join('/') },
    ...sharedLines<'source'>('source', builtIn, stored),
    ...sharedLines<'reason'>('reason', builtIn, stored),
    ...['regionSet', 'leftOut', 'gap'].flatMap((kind) => builtIn.lines<object>(kind)),
    ...known,
    ...aliasesOf(known, builtIn, stored),
    ...prices,
  ];
  return Catalogue.fromText(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}

/** The rows of a scope in one Region, and all others. A row of several Regions is divided. */
export function split(
  rows: readonly RawRow[],
  scope: string,
  region: string,
  catalogue: Catalogue,
): { readonly matching: RawRow[]; readonly others: RawRow[] } {
  const matching: RawRow[] = [];
  const others: RawRow[] = [];
  for (const row of rows) {
    const regions = regionsOf(row, catalogue);
    if (scopeKey(row) !== scope || !regions.includes(region)) {
      others.push(row);
      continue;
    }
    matching.push({ ...row, regions: [region] });
    const elsewhere = regions.filter((name) => name !== region);
    if (elsewhere.length > 0) others.push({ ...row, regions: elsewhere });
  }
  return { matching, others };
}

function cellsOf(rows: readonly RawRow[], only: string | undefined, catalogue: Catalogue): Cell[] {
  const cells = new Map<string, { scope: string; region: string; rows: RawRow[] }>();
  for (const row of rows) {
    const scope = scopeKey(row);
    for (const region of regionsOf(row, catalogue).filter((name) => only === undefined || name === only)) {
      const key = `${region} ${scope}`;
      const cell = cells.get(key) ?? { scope, region, rows: [] };
      cell.rows.push({ ...row, regions: [region] });
      cells.set(key, cell);
    }
  }
  return [...cells.values()];
}

function joinCell(shipped: readonly RawRow[], stored: readonly RawRow[], isOlder: boolean): readonly RawRow[] {
  const isRead = stored.some(({ sources }) => sources.some(isOfferSource));
  if (shipped.length === 0) return stored;
  if (!isRead && isOlder) return shipped;
  return isOlder && newestDay(stored) < newestDay(shipped) ? fill(shipped, stored) : fill(stored, shipped);
}

/** The rows with the kinds and the times that they lack and that others have. */
function fill(rows: readonly RawRow[], others: readonly RawRow[]): RawRow[] {
  const days = [...new Set([...rows, ...others].flatMap(({ from = BEGINNING, until = END }) => [from, until]))].sort();
  const pieces = days.slice(0, -1).flatMap((day, at) => {
    const row = rows.find((found) => isInForce(found, day));
    const other = others.find((found) => isInForce(found, day));
    const piece = row && other ? withKindsOf(other, row) : (row ?? other);
    return piece ? [{ piece, from: day, until: days[at + 1]! }] : [];
  });
  const joined: { piece: RawRow; from: string; until: string }[] = [];
  for (const next of pieces) {
    const last = joined.at(-1);
    if (last?.until === next.from && isSame(last.piece, next.piece)) last.until = next.until;
    else joined.push({ ...next });
  }
  return joined.map(({ piece, from, until }) => ({
    ...piece,
    from: from === BEGINNING ? undefined : from,
    until: until === END ? undefined : until,
  }));
}

function withKindsOf(other: RawRow, row: RawRow): RawRow {
  const missing = Object.entries(other.rates).filter(([kind]) => !Object.hasOwn(row.rates, kind));
  if (missing.length === 0) return row;
  const grades = missing.map(([kind]) => [kind, other.weak?.[kind] ?? other.grade] as const).filter(([, grade]) => grade !== row.grade);
  return {
    ...row,
    rates: { ...row.rates, ...Object.fromEntries(missing) },
    sources: [...new Set([...row.sources, ...other.sources])],
    ...((row.weak || grades.length > 0) && { weak: { ...row.weak, ...Object.fromEntries(grades) } }),
  };
}

/** Whether no two rows set the price of the same call, as they may where libraries divide contexts differently. */
function isSound(rows: readonly RawRow[], catalogue: Catalogue): boolean {
  return rowConflicts(rows.map((row) => readRow(row, (name) => catalogue.regionSet(name)))).length === 0;
}

function newestDay(rows: readonly RawRow[]): string {
  return rows
    .map(({ asOf }) => asOf)
    .sort()
    .at(-1)!;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Rows that come from the stored catalogue may name sources and reasons that the built-in one no longer has. */
function sharedLines<K extends string>(kind: K, builtIn: Catalogue, stored: Catalogue): Readonly<Record<K, string>>[] {
  return lastOfEach(
    kind,
    [stored, builtIn].flatMap((catalogue) => catalogue.lines<Readonly<Record<K, string>>>(kind)),
  );
}

function aliasesOf(models: readonly ModelInfo[], builtIn: Catalogue, stored: Catalogue): { readonly alias: string; readonly of: string }[] {
  const ids = new Set(models.map(({ model }) => model));
  const aliases = [stored, builtIn].flatMap((catalogue) => catalogue.lines<{ alias: string; of: string }>('alias'));
  return lastOfEach('alias', aliases).filter(({ alias, of }) => ids.has(of) && !ids.has(alias));
}

/** One line for each value of a field: the last one. */
export function lastOfEach<K extends string, L extends Readonly<Record<K, string>>>(field: K, lines: readonly L[]): L[] {
  return [...new Map(lines.map((line) => [line[field], line])).values()];
}
