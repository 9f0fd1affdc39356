import { classify, type PublishedRate } from './classify';
import { CONTRADICTORY, DUPLICATE, MANTLE_BESIDE_RUNTIME } from './exclusions';
import type { ModelNames } from './model-names';
import type { OfferRow, Service } from './offer-row';

/** A rate, and the offer it is from. */
export interface OfferedRate extends PublishedRate {
  readonly service: Service;
}

/** What the price list offers in a Region, each row counted once. */
export interface SortedOffers {
  /** The day on which each offer was published; services that are not offered in the Region are absent. */
  readonly published: Readonly<Partial<Record<Service, string>>>;
  /** One rate for each question. */
  readonly rates: readonly OfferedRate[];
  /** Rows with a price, by service, before duplicates were left out. */
  readonly priced: Readonly<Record<string, number>>;
  /** Rows left out, by rule. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Rows nobody understood, in words. */
  readonly unclassified: readonly { readonly reason: string; readonly tokens: boolean }[];
  /** Questions that rows answer differently. Nobody knows which of them is right. */
  readonly contradictions: readonly string[];
}

/** Sorts the rows of an offer into prices, exclusions and what nobody understands. */
export class OfferSorter {
  private readonly published: Partial<Record<Service, string>> = {};
  private readonly rates = new Map<string, OfferedRate[]>();
  private readonly priced = new Map<string, number>();
  private readonly excluded = new Map<string, number>();
  private readonly unclassified: { reason: string; tokens: boolean }[] = [];

  constructor(
    private readonly region: string,
    private readonly names: ModelNames,
  ) {}

  public take(service: Service, row: OfferRow): void {
    const classified = classify(row, this.names, this.region);
    if (classified.state === 'unclassified') {
      this.unclassified.push(classified);
    } else if (classified.state === 'excluded') {
      this.exclude(classified.rule, 1);
    } else {
      const question = rateKey(classified.rate);
      this.rates.set(question, [...(this.rates.get(question) ?? []), { ...classified.rate, service }]);
      this.priced.set(service, (this.priced.get(service) ?? 0) + 1);
    }
  }

  /** Says that an offer was read to its end. */
  public close(service: Service, published: string): void {
    this.published[service] = published;
  }

  public result(): SortedOffers {
    const contradictions: string[] = [];
    const rates: OfferedRate[] = [];
    for (const candidates of this.rates.values()) {
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

function rateKey({ model, routing, tier, longContext, spec, kind }: PublishedRate): string {
  return JSON.stringify([model, routing, tier, longContext, spec, kind]);
}
