import type { Tier } from '../../engine/pricing/types';

/** One line of the arithmetic. */
export interface Step {
  readonly kind: string;
  readonly count: string;
  readonly rate: string;
  readonly per: string;
  readonly usd: string;
}

/** One of several prices of a model. */
export interface ExplainedBand {
  readonly context?: string;
  readonly spec?: Readonly<Record<string, string>>;
  readonly rates: Readonly<Record<string, string>>;
  readonly row?: string;
  /** What the usage costs in this band. */
  readonly usd?: string;
}

/** One price, as `price --json` writes it, in this order. Amounts are decimals in USD. What is not known is absent. */
export interface Explanation {
  readonly modelId: string;
  readonly model?: string;
  readonly name?: string;
  readonly provider?: string;
  readonly region: string;
  readonly routing: string;
  readonly tier: Tier;
  readonly at: string;
  readonly rates: Readonly<Record<string, string>>;
  readonly unit: Readonly<Record<string, string>>;
  readonly bands: readonly ExplainedBand[];
  readonly row?: string;
  readonly context?: string;
  readonly source?: string;
  readonly grade?: string;
  readonly asOf?: string;
  readonly flags: readonly string[];
  readonly unpriced?: string;
  readonly arithmetic?: readonly Step[];
  /** Kinds that were used and have no price. */
  readonly missing?: readonly string[];
  readonly usd?: string;
}
