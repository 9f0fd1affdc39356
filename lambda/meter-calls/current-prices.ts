import { Catalogue } from '../../engine/pricing/catalogue';
import { problemsOf } from '../../engine/pricing/catalogue-problems';
import type { ProfileLookup } from '../../engine/pricing/model-id';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import type { Cost, PriceQuery, Quote, Usage } from '../../engine/pricing/types';
import type { Prices } from '../../engine/rating/unit-prices';
import type { ObjectVersion } from './get-object.lazy';

/** How long until a newer catalogue is looked for. */
const CHECK_MS = 3_600_000;

export interface CurrentPricesProps {
  /** Fetches the refreshed catalogue unless it has the known etag. Absent where prices are not refreshed. */
  readonly catalogue?: (knownEtag?: string) => Promise<ObjectVersion | undefined>;
  /** Fetches the user's own prices, as JSON. */
  readonly overrides?: () => Promise<string>;
  /** Finds the model behind an application inference profile. */
  readonly profiles?: ProfileLookup;
}

/**
 * Prices of the refreshed catalogue and of the user's overrides.
 *
 * Where the refreshed catalogue cannot be read, the prices in use before stay in use. Where overrides cannot be read, the
 * batch fails, because without them every price would be wrong; Lambda tries it again.
 */
export class CurrentPrices implements Prices {
  private engine?: PriceEngine;
  private catalogue?: Catalogue;
  private overrides?: string;
  private etag?: string;
  private checkAt = 0;
  private lastProblem?: string;

  constructor(private readonly props: CurrentPricesProps) {}

  /** Looks for newer prices, at most once an hour. To be awaited before each batch. */
  public async prepare(now: number): Promise<void> {
    if (now >= this.checkAt) {
      const refreshed = await this.refreshed();
      this.checkAt = now + CHECK_MS;
      if (refreshed) {
        this.catalogue = refreshed;
        this.engine = undefined;
      }
    }
    this.engine ??= await this.newEngine();
  }

  public quote(query: PriceQuery): Quote {
    return this.engine!.quote(query);
  }

  public cost(quote: Quote, usage: Usage): Cost {
    return this.engine!.cost(quote, usage);
  }

  private async newEngine(): Promise<PriceEngine> {
    const catalogue = this.catalogue ?? Catalogue.builtIn();
    this.overrides ??= await this.props.overrides?.();
    const overrides = this.overrides === undefined ? undefined : PriceOverrides.fromJson(this.overrides, catalogue);
    return new PriceEngine({ catalogue, overrides, profiles: this.props.profiles });
  }

  /** A catalogue that is newer than the one in use, if there is one that can be used. Each problem is logged once. */
  private async refreshed(): Promise<Catalogue | undefined> {
    try {
      const version = await this.props.catalogue?.(this.etag);
      if (!version) {
        return undefined;
      }
      const catalogue = checkedCatalogue(version.text);
      this.etag = version.etag;
      this.lastProblem = undefined;
      return catalogue;
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

function checkedCatalogue(text: string): Catalogue {
  const [problem] = problemsOf(text);
  if (problem !== undefined || text === '') {
    throw new Error(problem ?? 'it is empty');
  }
  return Catalogue.fromText(text);
}
