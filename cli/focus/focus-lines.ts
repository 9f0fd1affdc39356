import type { Charge } from '../../engine/focus/charge';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { NO_USAGE, TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import type { PicoUsd, Quote, Usage } from '../../engine/pricing/types';
import { CallQuotes } from '../../engine/rating/call-quotes';
import type { Prices } from '../../engine/rating/unit-prices';
import { Failure } from '../failure';
import type { PriceFiles } from '../options/price-files';
import { ExactSum } from '../replay/exact-sum';
import type { ReplayedCall } from '../replay/replayed-call';
import { type FocusAxes, focusAxesOf } from './focus-axes';

/** As many lines as fit into memory of a few hundred megabytes. */
const MAX_LINES = 200_000;

/** Of a unit: seconds have fractions, which are priced to a millionth. */
const MICRO = 1_000_000;

/** A charge whose sums grow. */
interface FocusLine extends Omit<Charge, 'quantity' | 'cost' | 'highCost' | 'listCost'> {
  readonly columns: ReadonlyArray<string | undefined>;
  /** In millionths. */
  readonly quantity: ExactSum;
  readonly cost: ExactSum;
  readonly highCost: ExactSum;
  readonly listCost: ExactSum;
}

/** A charge, and what it has in our own columns. */
interface FocusCharge extends Charge {
  readonly columns: ReadonlyArray<string | undefined>;
}

/** Adds calls up to the lines of a FOCUS dataset. Calls without a price are in none. */
export class FocusLines {
  public readonly axes: FocusAxes;
  private readonly lines = new Map<string, FocusLine>();
  private readonly prices: Prices;
  private readonly list?: { readonly prices: Prices; readonly quotes: CallQuotes };

  /** @param by the axes that `--by` names */
  constructor(by: readonly string[], { catalogue, prices, hasOwnPrices, profiles }: PriceFiles) {
    this.axes = focusAxesOf(by);
    this.prices = prices;
    if (!hasOwnPrices) return;
    const published = new PriceEngine({ catalogue, profiles });
    this.list = { prices: published, quotes: new CallQuotes(published) };
  }

  public get all(): readonly FocusCharge[] {
    return [...this.lines.values()].map(({ quantity, cost, highCost, listCost, ...line }) => ({
      ...line,
      ...{ quantity: quantity.value, cost: cost.value, highCost: highCost.value, listCost: listCost.value },
    }));
  }

  /** @throws Failure if there are more lines than memory for them */
  public add(rated: ReplayedCall): void {
    const { status, usage, unitPrices } = rated;
    if (status !== 'priced' || !usage || !unitPrices) return;
    const { quote } = unitPrices;
    const cost = unitPrices.cost(usage);
    const listed = this.listed(rated);
    for (const [kind, count] of kindsOf(usage)) {
      const low = cost.byKind[kind]!;
      const high = cost.low === cost.high ? low : this.prices.cost(quote, only(kind, count)).high;
      const line = this.lineOf(rated, kind, quote, listed?.quote);
      line.quantity.add(Math.round(count * MICRO));
      line.cost.add(low);
      line.highCost.add(high);
      line.listCost.add(listed?.byKind[kind] ?? low);
    }
  }

  private listed({ call }: ReplayedCall): { readonly quote: Quote; readonly byKind: Readonly<Record<string, PicoUsd>> } | undefined {
    if (!this.list) return undefined;
    const { quote, usage } = this.list.quotes.of(call, call.usage ?? NO_USAGE);
    return { quote, byKind: this.list.prices.cost(quote, usage).byKind };
  }

  private lineOf(rated: ReplayedCall, kind: string, quote: Quote, listQuote: Quote | undefined): FocusLine {
    const { time, accountId: account, region, modelId, metadata } = rated.call;
    const columns = this.axes.columns.map(([, read]) => read(rated));
    const tags = this.axes.tags.map((key) => textOf(metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined));
    const [unitPrice, listUnitPrice] = [quote, listQuote ?? quote].map((each) => this.prices.cost(each, only(kind, 1)).byKind[kind]);
    const period = new Date(time).toISOString().slice(0, CHARACTERS[this.axes.unit]);
    const key = JSON.stringify([
      period,
      account,
      region,
      modelId,
      kind,
      quote.row?.id,
      String(unitPrice),
      String(listUnitPrice),
      columns,
      tags,
    ]);
    const known = this.lines.get(key);
    if (known) return known;
    if (this.lines.size >= MAX_LINES) {
      throw new Failure(`there are more than ${MAX_LINES} lines of FOCUS: give less time with --from and --to, or fewer names in --by`);
    }
    const sums = { quantity: new ExactSum(), cost: new ExactSum(), highCost: new ExactSum(), listCost: new ExactSum() };
    const line = { time, account, region, modelId, kind, quote, columns, tags, unitPrice: unitPrice!, listUnitPrice, ...sums };
    this.lines.set(key, line);
    return line;
  }
}

/** Of a time in ISO 8601. */
const CHARACTERS = { hour: 13, day: 10, month: 7 };

function* kindsOf(usage: Usage): Generator<readonly [kind: string, count: number]> {
  for (const bucket of TOKEN_BUCKETS) if (usage[bucket] > 0) yield [bucket, usage[bucket]];
  for (const [kind, count] of Object.entries(usage.units ?? {})) if (count > 0) yield [kind, count];
}

const only = (kind: string, count: number): Usage =>
  (TOKEN_BUCKETS as readonly string[]).includes(kind) ? { ...NO_USAGE, [kind]: count } : { ...NO_USAGE, units: { [kind]: count } };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
