import type { PicoUsd } from '../pricing/types';
import type { BillLine } from './bill-line';
import { CellScopes } from './cell-scope';
import type { OurLine } from './our-usage';

/** What a comparison tells apart. An axis that the bill does not have is left out on both sides. */
export interface CellKey {
  readonly day: string;
  readonly account?: string;
  readonly region?: string;
  readonly model: string;
  readonly kind: string;
  readonly routing?: string;
  readonly tier?: string;
  readonly isLong?: boolean;
  readonly principal?: string;
  /** Of what writes no record. Its differences are named, and are no drift. */
  readonly source?: string;
}

/** Our figures and those of the bill for the same usage. */
export interface Cell {
  readonly key: CellKey;
  ours?: { tokens: number; low: PicoUsd; high: PicoUsd; unpricedTokens: number };
  billed?: {
    /** Undefined as soon as one line does not say. */
    tokens?: number;
    tokenRounding: number;
    gross: PicoUsd;
    amount: PicoUsd;
    rounding: PicoUsd;
    source?: string;
    isUnderstood: boolean;
    readonly usageTypes: Set<string>;
  };
}

/** The axes that every compared line of a bill has. */
export interface Axes {
  /** False where a line is for more than a day: all days are then one. */
  readonly day: boolean;
  readonly account: boolean;
  readonly region: boolean;
  readonly principal: boolean;
  /** False where usage is not told by kind: Cost Explorer by model alone. */
  readonly kind: boolean;
  /** False where the bill names the model and the kind, and not the usage type: the standard metadata of Cost Explorer. */
  readonly routing: boolean;
}

const ALL_DAYS = 'all days';
const ANY_KIND = 'all kinds';

/** Which axes both sides have. */
export function axesOf(lines: readonly BillLine[], ours: readonly OurLine[]): Axes {
  const recorded = lines.filter(({ source, isUnderstood }) => source === undefined && isUnderstood);
  const every = (has: (line: BillLine) => boolean): boolean => recorded.length > 0 && recorded.every(has);
  const hasTypes = lines.some(({ usageType }) => usageType !== undefined);
  return {
    day: lines.every(({ from, until }) => from !== undefined && until !== undefined && Date.parse(until) - Date.parse(from) === 86_400_000),
    account: every(({ account }) => account !== undefined),
    region: every(({ region }) => region !== undefined),
    principal: [recorded, ours].every((side) => side.length === 0 || side.some(({ principal }) => principal !== undefined)),
    kind: hasTypes || recorded.some(({ kind }) => kind !== undefined),
    routing: hasTypes,
  };
}

/** Pairs the lines of both sides. */
export function cellsOf(bill: readonly BillLine[], ours: readonly OurLine[], axes: Axes): Cell[] {
  const cells = new Map<string, Cell>();
  const scopes = new CellScopes(ours);
  const cellOf = (key: CellKey): Cell => {
    const text = JSON.stringify(key);
    let cell = cells.get(text);
    if (!cell) cells.set(text, (cell = { key }));
    return cell;
  };
  for (const line of ours) addOurs(cellOf(keyOf({ ...line, ...scopes.ofOurs(line) }, axes)), line);
  for (const line of bill) {
    const { isUnderstood, ...scope } = scopes.ofBill(line);
    addBilled(cellOf(keyOf({ ...line, day: line.from ?? ALL_DAYS, ...scope }, axes)), { ...line, isUnderstood });
  }
  return [...cells.values()];
}

function keyOf(line: CellKey, axes: Axes): CellKey {
  return {
    day: axes.day ? line.day : ALL_DAYS,
    ...(axes.account && { account: line.account ?? '(none)' }),
    ...(axes.region && { region: line.region ?? '(none)' }),
    model: line.model,
    kind: axes.kind ? line.kind : ANY_KIND,
    ...(axes.routing && { routing: line.routing ?? 'regional', tier: line.tier ?? 'standard', isLong: line.isLong ?? false }),
    ...(axes.principal && { principal: line.principal ?? '(none)' }),
    ...(line.source !== undefined && { source: line.source }),
  };
}

function addOurs(cell: Cell, { tokens, low, high }: OurLine): void {
  const ours = (cell.ours ??= { tokens: 0, low: 0n, high: 0n, unpricedTokens: 0 });
  ours.tokens += tokens;
  if (low === undefined) ours.unpricedTokens += tokens;
  ours.low += low ?? 0n;
  ours.high += high ?? low ?? 0n;
}

function addBilled(cell: Cell, line: BillLine): void {
  const isDiscount = line.charge === 'discount';
  const billed = (cell.billed ??= {
    ...{ tokens: 0, tokenRounding: 0, gross: 0n, amount: 0n, rounding: 0n },
    ...{ source: line.source, isUnderstood: line.isUnderstood, usageTypes: new Set<string>() },
  });
  billed.amount += line.amount;
  billed.rounding += line.rounding;
  if (line.usageType !== undefined) billed.usageTypes.add(line.usageType);
  // A line of its own for a discount repeats the quantity that it is for.
  if (isDiscount) return;
  billed.gross += line.gross;
  billed.tokens = line.tokens === undefined || billed.tokens === undefined ? undefined : billed.tokens + line.tokens;
  billed.tokenRounding += line.tokenRounding ?? 0;
}
