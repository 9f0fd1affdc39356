import { classify, type PublishedRate, type UnclassifiedRow } from './classify';
import { CONTRADICTORY, DUPLICATE, MANTLE_BESIDE_RUNTIME } from './exclusions';
import type { ModelNames } from './model-names';
import type { OfferRow, Service } from './offer-row';

/** A rate and the service whose offer publishes it. */
export interface OfferedRate extends PublishedRate {
  readonly service: Service;
}

/** What the Price List offers in a Region. Each row is counted in one of the members. */
export interface SortedOffers {
  /** The day of publication of each offer; services that are not offered in the Region are absent. */
  readonly published: Readonly<Partial<Record<Service, string>>>;
  /** One rate for each model, routing, tier, context, spec and kind. */
  readonly rates: readonly OfferedRate[];
  /** Rows with a price by service, duplicates included. */
  readonly priced: Readonly<Record<string, number>>;
  /** Rows left out by rule. */
  readonly excluded: Readonly<Record<string, number>>;
  readonly unclassified: readonly UnclassifiedRow[];
  /** Rows that give different rates for the same thing, one sentence for each thing. None of the rates is used. */
  readonly contradictions: readonly string[];
}

/** Sorts the rows of offers into prices, exclusions and rows that cannot be read. */
export class OfferSorter {
  private readonly published: Partial<Record<Service, string>> = {};
  private readonly candidates = new Map<string, OfferedRate[]>();
  private readonly priced = new Map<string, number>();
  private readonly excluded = new Map<string, number>();
  private readonly unclassified: UnclassifiedRow[] = [];

  constructor(
    private readonly region: string,
    private readonly names: ModelNames,
  ) {}

  public take(service: Service, row: OfferRow): void {
    const classified = classify(row, this.names, this.region);
    if (classified.state === 'unclassified') {
      const { key, reason, tokens } = classified;
      this.unclassified.push({ key, reason, tokens });
    } else if (classified.state === 'excluded') {
      this.exclude(classified.rule, 1);
    } else {
      const key = rateKey(classified.rate);
      this.candidates.set(key, [...(this.candidates.get(key) ?? []), { ...classified.rate, service }]);
      this.priced.set(service, (this.priced.get(service) ?? 0) + 1);
    }
  }

  /** To be called once an offer was read to its end. */
  public close(service: Service, published: string): void {
    this.published[service] = published;
  }

  public result(): SortedOffers {
    const contradictions: string[] = [];
    const rates: OfferedRate[] = [];
    for (const candidates of this.candidates.values()) {
      const runtime = candidates.filter(({ mantle }) => !mantle);
      const [first, ...others] = runtime.length > 0 ? runtime : candidates;
      this.exclude(MANTLE_BESIDE_RUNTIME, candidates.length - 1 - others.length);
      const different = others.find(({ rate }) => rate !== first!.rate);
      if (different) {
        this.exclude(CONTRADICTORY, others.length + 1);
        contradictions.push(`${first!.usagetype} says ${first!.rate}, ${different.usagetype} says ${different.rate}`);
      } else {
        this.exclude(DUPLICATE, others.length);
        rates.push(first!);
      }
    }
    return {
      published: this.published,
      rates,
      priced: Object.fromEntries(this.priced),
      excluded: Object.fromEntries(this.excluded),
      unclassified: this.unclassified,
      contradictions,
    };
  }

  private exclude(rule: string, rows: number): void {
    if (rows > 0) this.excluded.set(rule, (this.excluded.get(rule) ?? 0) + rows);
  }
}

/** Rates with the same key price the same thing. */
function rateKey({ model, routing, tier, longContext, spec, kind }: PublishedRate): string {
  return JSON.stringify([model, routing, tier, longContext, spec, kind]);
}
