import { union } from '../../engine/price-list/union';
import { Catalogue } from '../../engine/pricing/catalogue';
import { problemsOf } from '../../engine/pricing/catalogue-problems';
import type { ProfileLookup } from '../../engine/pricing/model-id';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { PriceOverrides } from '../../engine/pricing/price-overrides';
import type { Cost, PriceQuery, Quote, Usage } from '../../engine/pricing/types';
import type { Prices } from '../../engine/rating/unit-prices';
import type { ObjectVersion } from './get-object';

/** How long until a newer catalogue is looked for. */
const CHECK_MS = 3_600_000;
/** How long until it is looked for again, where it could not be used. */
const RETRY_MS = 5 * 60_000;

/** The built-in catalogue has about half a million characters. What is 40 times larger was not written by a refresh. */
const MAX_CHARACTERS = 20_000_000;

export interface CurrentPricesProps {
  /** Fetches the refreshed catalogue unless it has the known etag. Absent where prices are not refreshed. */
  readonly catalogue?: (knownEtag?: string) => Promise<ObjectVersion | undefined>;
  /** Fetches the user's own prices, as JSON. */
  readonly overrides?: () => Promise<string>;
  /** Finds the model behind an application inference profile. */
  readonly profiles?: ProfileLookup;
  /** Is told of each refreshed catalogue that cannot be used. */
  readonly addFailed?: (count: number) => void;
}

/**
 * Prices of the built-in and the refreshed catalogue, and of the user's overrides.
 *
 * The refreshed catalogue is joined with the built-in one, so that an upgrade of the library or a stored file that was cut
 * loses no price. Where it cannot be used, the prices in use before stay in use. Where overrides cannot be read, the batch
 * fails, because without them every price would be wrong; Lambda tries it again.
 */
export class CurrentPrices implements Prices {
  private engine?: PriceEngine;
  private overrides?: string;
  private etag?: string;
  private checkAt = 0;
  private lastProblem?: string;

  constructor(private readonly props: CurrentPricesProps) {}

  /** Looks for newer prices once an hour, and after a failure in five minutes. To be awaited before each batch. */
  public async prepare(now: number): Promise<void> {
    this.overrides ??= await this.readOverrides();
    if (now >= this.checkAt) {
      const refreshed = await this.refreshed();
      this.checkAt = now + (this.lastProblem === undefined ? CHECK_MS : RETRY_MS);
      this.engine = (refreshed && this.engineWith(refreshed)) ?? this.engine;
    }
    this.engine ??= this.newEngine(Catalogue.builtIn());
  }

  public quote(query: PriceQuery): Quote {
    return this.engine!.quote(query);
  }

  public cost(quote: Quote, usage: Usage): Cost {
    return this.engine!.cost(quote, usage);
  }

  /** Overrides that cannot be used are not kept: the next batch reads them again. */
  private async readOverrides(): Promise<string | undefined> {
    const text = await this.props.overrides?.();
    if (text !== undefined) {
      PriceOverrides.fromJson(text, Catalogue.builtIn());
    }
    return text;
  }

  /** An engine with a refreshed catalogue, unless the overrides, which were checked with the built-in one, do not fit it. */
  private engineWith(refreshed: Catalogue): PriceEngine | undefined {
    try {
      return this.newEngine(refreshed);
    } catch (error) {
      this.warnOnce(error);
      return undefined;
    }
  }

  private newEngine(catalogue: Catalogue): PriceEngine {
    const overrides = this.overrides === undefined ? undefined : PriceOverrides.fromJson(this.overrides, catalogue);
    return new PriceEngine({ catalogue, overrides, profiles: this.props.profiles });
  }

  /** A catalogue that is newer than the one in use, if there is one that can be used. Each problem is logged once. */
  private async refreshed(): Promise<Catalogue | undefined> {
    try {
      const version = await this.props.catalogue?.(this.etag);
      const catalogue = version && checkedCatalogue(version.text);
      this.etag = version?.etag ?? this.etag;
      this.lastProblem = undefined;
      return catalogue;
    } catch (error) {
      this.warnOnce(error);
      return undefined;
    }
  }

  private warnOnce(error: unknown): void {
    this.props.addFailed?.(1);
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
    if (problem !== this.lastProblem) {
      console.warn(`the refreshed prices cannot be used, the ones at hand stay in use: ${problem}`);
    }
    this.lastProblem = problem;
  }
}

function checkedCatalogue(text: string): Catalogue {
  if (text.length > MAX_CHARACTERS) {
    throw new Error(`it has ${text.length} characters, more than ${MAX_CHARACTERS}`);
  }
  const [problem] = problemsOf(text);
  if (problem !== undefined || text === '') {
    throw new Error(problem ?? 'it is empty');
  }
  return union(Catalogue.builtIn(), Catalogue.fromText(text));
}
