import type { Span } from '../engine/agents/span';
import type { Call } from '../engine/records/call';
import type { TraceOptions } from './options';
import type { PricedCall } from './prices.lazy';

/** Asks the prices, which are a file of their own: it is loaded while the first response is on its way. */
export class Pricing {
  /** The Region that the client calls. */
  public readonly region: Promise<string | undefined>;
  private readonly prices: Promise<typeof import('./prices.lazy') | undefined>;

  constructor(options: TraceOptions, region: Promise<string | undefined>) {
    this.region = region;
    this.prices = options.price === false ? Promise.resolve(undefined) : import('./prices.lazy.js').catch(() => undefined);
  }

  /** USD by the id of the span. */
  public async ofSpans(spans: readonly Span[], region: string | undefined): Promise<ReadonlyMap<string, number>> {
    return (await this.prices)?.costsOf(spans, region) ?? new Map<string, number>();
  }

  public async ofCall(call: Call): Promise<PricedCall | undefined> {
    return (await this.prices)?.priceOf(call);
  }
}
