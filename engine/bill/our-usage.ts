import { parseRange } from '../pricing/range';
import { NO_USAGE, TOKEN_BUCKETS } from '../pricing/token-buckets';
import type { PicoUsd, Quote, Usage } from '../pricing/types';
import type { RatedCall } from '../rating/rater';
import type { UnitPrices } from '../rating/unit-prices';
import type { Call } from '../records/call';
import { principalOf } from './principal';

/** What calls have in common that a bill tells apart. */
export interface UsageScope {
  /** In UTC, as in 2026-11-20. */
  readonly day: string;
  readonly account?: string;
  readonly region: string;
  readonly model: string;
  readonly routing: string;
  readonly tier: string;
  readonly isLong: boolean;
  readonly principal?: string;
}

/** What we counted of one kind in one scope. */
export interface OurLine extends UsageScope {
  readonly kind: string;
  /** What a line without an invocation record is made of. */
  readonly source?: string;
  readonly tokens: number;
  /** Undefined where the calls have no price. */
  readonly low?: PicoUsd;
  readonly high?: PicoUsd;
}

/** Token counts of calls at the same prices, added up before they are priced: the cost of a sum is the sum of the costs. */
interface Counts {
  readonly scope: UsageScope;
  readonly unitPrices?: UnitPrices;
  readonly tokens: number[];
  readonly units: Map<string, number>;
  readonly unitCost: Map<string, PicoUsd>;
}

/** Adds our calls up by what a bill tells apart. */
export class OurUsage {
  private readonly counts = new Map<string, Counts>();
  private readonly idOfQuote = new Map<Quote, number>();
  private readonly costed: OurLine[] = [];

  /** Adds a call. Those without usage, and those of capacity that is paid by the hour, are on no line of tokens. */
  public add({ call, usage, unitPrices, status }: Pick<RatedCall, 'call' | 'usage' | 'unitPrices' | 'status'>): void {
    if (!usage || unitPrices?.quote.resolved.hourly || (status !== 'priced' && status !== 'unpriced')) return;
    const isPriced = status === 'priced';
    this.addCounts(scopeOf(call, unitPrices?.quote), usage, isPriced ? unitPrices : undefined);
  }

  /** Adds what was priced elsewhere. */
  public addLine(line: OurLine): void {
    this.costed.push(line);
  }

  /** What was counted, one line for each kind of usage. */
  public get lines(): readonly OurLine[] {
    return [...this.costed, ...[...this.counts.values()].flatMap(linesOf)];
  }

  private addCounts(scope: UsageScope, usage: Usage, unitPrices: UnitPrices | undefined): void {
    const { day, account, region, model, routing, tier, isLong, principal } = scope;
    const key = [day, account, region, model, routing, tier, isLong, principal, this.idOf(unitPrices?.quote)].join('\n');
    let counts = this.counts.get(key);
    if (!counts) {
      this.counts.set(key, (counts = { scope, unitPrices, tokens: TOKEN_BUCKETS.map(() => 0), units: new Map(), unitCost: new Map() }));
    }
    TOKEN_BUCKETS.forEach((bucket, at) => (counts.tokens[at]! += usage[bucket]));
    if (usage.units) addUnits(counts, usage.units);
  }

  private idOf(quote: Quote | undefined): number {
    if (quote === undefined) return 0;
    let id = this.idOfQuote.get(quote);
    if (id === undefined) this.idOfQuote.set(quote, (id = this.idOfQuote.size + 1));
    return id;
  }
}

function scopeOf(call: Call, quote: Quote | undefined): UsageScope {
  const context = quote?.row?.context;
  return {
    day: new Date(call.time).toISOString().slice(0, 10),
    account: call.accountId,
    region: call.region,
    model: quote?.resolved.model ?? call.modelId,
    routing: quote?.resolved.routing ?? 'regional',
    tier: call.tier,
    isLong: context !== undefined && (parseRange(context)?.min ?? 0) > 0,
    principal: call.caller && principalOf(call.caller),
  };
}

/** Units can be fractions, which are rounded call by call. */
function addUnits({ units, unitCost, unitPrices }: Counts, used: Readonly<Record<string, number>>): void {
  const cost = unitPrices?.cost({ ...NO_USAGE, units: used }).byKind;
  for (const [kind, count] of Object.entries(used)) {
    units.set(kind, (units.get(kind) ?? 0) + count);
    unitCost.set(kind, (unitCost.get(kind) ?? 0n) + (cost?.[kind] ?? 0n));
  }
}

function linesOf({ scope, unitPrices, tokens, units, unitCost }: Counts): OurLine[] {
  const ofTokens = TOKEN_BUCKETS.flatMap((kind, at): OurLine[] => {
    const count = tokens[at]!;
    if (count === 0) return [];
    const cost = unitPrices?.cost({ ...NO_USAGE, [kind]: count });
    return [{ ...scope, kind, tokens: count, low: cost?.low, high: cost?.high }];
  });
  const ofUnits = [...units].map(([kind, count]): OurLine => {
    const low = unitPrices && unitCost.get(kind);
    return { ...scope, kind, tokens: count, low, high: low };
  });
  return [...ofTokens, ...ofUnits];
}
