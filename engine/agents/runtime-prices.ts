import { parseUsd } from '../pricing/usd-text';

/** What one unit of a kind of consumption of an AgentCore runtime costs, and how that is known. */
export interface RuntimePrice {
  readonly kind: 'vcpuHour' | 'gbHour';
  /** In USD. */
  readonly usd: string;
  /** As for models: docs/prices.md describes the grades. */
  readonly grade: string;
  readonly asOf: string;
  readonly sources: readonly string[];
  /** Whether the page of AWS or the Price List was read. Costs by a price that was not carry a flag. */
  readonly verified: boolean;
}

const SOURCES = [
  'https://elliot-digital.co.uk/cloud/bedrock-agentcore',
  'https://aws.amazon.com/bedrock/agentcore/pricing/ as others quote it',
];

/** The same for runtimes, browsers and code interpreters, and in every Region, as far as is known. */
export const RUNTIME_PRICES: readonly RuntimePrice[] = [
  { kind: 'vcpuHour', usd: '0.0895', grade: 'C', asOf: '2026-05', sources: SOURCES, verified: false },
  { kind: 'gbHour', usd: '0.00945', grade: 'C', asOf: '2026-05', sources: SOURCES, verified: false },
];

/** In pico-dollars. */
export const RUNTIME_RATES: Readonly<Record<RuntimePrice['kind'], bigint>> = Object.fromEntries(
  RUNTIME_PRICES.map(({ kind, usd }) => [kind, parseUsd(usd)]),
) as Record<RuntimePrice['kind'], bigint>;

/** Set where a price was not read at AWS. */
export const RUNTIME_FLAGS: readonly string[] = RUNTIME_PRICES.every(({ verified }) => verified) ? [] : ['runtimePriceUnverified'];
