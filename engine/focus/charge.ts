import type { PicoUsd, Quote } from '../pricing/types';

/** How much time one charge is of. FOCUS has its times in UTC. */
export type ChargeUnit = 'hour' | 'day' | 'month';

/** One kind of usage of one model in one charge period, as FOCUS has a charge. */
export interface Charge {
  /** The time of one of its calls. */
  readonly time: number;
  readonly account?: string;
  readonly region: string;
  readonly modelId: string;
  readonly kind: string;
  readonly quote: Quote;
  readonly tags: ReadonlyArray<string | undefined>;
  /** In millionths. */
  readonly quantity: PicoUsd;
  readonly cost: PicoUsd;
  readonly highCost: PicoUsd;
  readonly listCost: PicoUsd;
  /** Of one unit, at the lowest rate where the record leaves open which one holds. */
  readonly unitPrice: PicoUsd;
  /** Absent where the price list has none. */
  readonly listUnitPrice?: PicoUsd;
}
