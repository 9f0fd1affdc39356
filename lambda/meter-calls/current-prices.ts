import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { problemsOf } from '../../engine/pricing/catalogue-problems';
import type { Cost, PriceQuery, Quote, Usage } from '../../engine/pricing/types';
import type { Prices } from '../../engine/rating/unit-prices';
import type { ObjectVersion } from './get-object.lazy';

/** How long the prices in use are believed to be the newest. */
const KEEP_MS = 3_600_000;

export interface CurrentPricesProps {
  /** Fetches the refreshed catalogue, unless it is the known one. Absent where prices are not refreshed. */
  readonly catalogue?: (known?: string) => Promise<ObjectVersion | undefined>;
  /** Fetches the user's own prices, as JSON. */
  readonly overrides?: () => Promise<string>;
}

/**
 * Prices that are newer than the built-in ones, or the user's own.
 *
 * A refreshed catalogue that cannot be read is no reason to stop: what was in use before stays. Overrides that cannot be
 * read are: without them every price would be wrong, and a batch that fails is tried again.
 */
export class CurrentPrices implements Prices {
  private engine?: PriceEngine;
  private catalogue?: Catalogue;
  private overrides?: string;
  private etag?: string;
  private checkAt = 0;
  private lastProblem?: string;

  constructor(private readonly props: CurrentPricesProps) {}

  /** Makes sure that the prices in use are the newest. To be awaited before a batch is priced. */
  public async prepare(now: number): Promise<void> {
    if (now >= this.checkAt) {
      const refreshed = await this.refreshed();
      this.checkAt = now + KEEP_MS;
      if (refreshed) {
        this.catalogue = refreshed;
        this.engine = undefined;
      }
    }
    if (!this.engine) {
      const catalogue = this.catalogue ?? Catalogue.builtIn();
      this.overrides ??= await this.props.overrides?.();
      const overrides = this.overrides === undefined ? undefined : PriceOverrides.fromJson(this.overrides, catalogue);
      this.engine = new PriceEngine({ catalogue, overrides });
    }
  }

  public quote(query: PriceQuery): Quote {
    return this.engine!.quote(query);
  }

  public cost(quote: Quote, usage: Usage): Cost {
    return this.engine!.cost(quote, usage);
  }

  private async refreshed(): Promise<Catalogue | undefined> {
    try {
      const version = await this.props.catalogue?.(this.etag);
      if (!version) return undefined;
      const [problem] = problemsOf(version.text);
      if (problem !== undefined || version.text === '') throw new Error(problem ?? 'it is empty');
      this.etag = version.etag;
      this.lastProblem = undefined;
      return Catalogue.fromText(version.text);
    } catch (error) {
      const problem = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
      if (problem !== this.lastProblem) {
        console.warn(`the refreshed prices cannot be used, the ones at hand stay in use: ${problem}`);
      }
      this.lastProblem = problem;
      return undefined;
    }
  }
}
