import type { PicoUsd } from '../pricing/types';
import { parseUsd } from '../pricing/usd-text';

/** What AgentCore bills for an hour of one vCPU and of one GB of memory: where, since when, and how that is known. */
export interface RuntimePrice {
  /** What consumed them, by the names that its USAGE_LOGS have. */
  readonly resources: readonly string[];
  /** The platform version of a runtime. No event of USAGE_LOGS says which one it is of. */
  readonly version?: 'V1' | 'V2';
  readonly regions: readonly string[];
  /** The first day of the price, where it has one. */
  readonly from?: string;
  /** In USD. */
  readonly vcpuHour: string;
  readonly gbHour: string;
  /** As for models: docs/prices.md describes the grades. */
  readonly grade: 'A' | 'B' | 'C' | 'D';
  readonly asOf: string;
  readonly sources: readonly string[];
}

const RUNTIME = ['runtime'];
const TOOLS = ['browser', 'codeInterpreter'];

const COMMERCIAL = [
  ...['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];
const WITH_V2 = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'ap-northeast-1'];

const PAGE = 'https://aws.amazon.com/bedrock/agentcore/pricing/ as public repositories and articles quote it';
const PRICE_LIST = 'AWS Price List, offer AmazonBedrockAgentCore of 2026-09-15, as a public repository quotes it';

/** A price is for the Regions that a source names, and for no other: usage elsewhere has no cost. */
export const RUNTIME_PRICES: readonly RuntimePrice[] = [
  {
    ...{ resources: RUNTIME, version: 'V1', regions: COMMERCIAL, vcpuHour: '0.0895', gbHour: '0.00945', grade: 'B', asOf: '2026-09-30' },
    sources: [PAGE, PRICE_LIST, 'https://elliot-digital.co.uk/cloud/bedrock-agentcore'],
  },
  {
    ...{ resources: RUNTIME, version: 'V2', regions: WITH_V2, from: '2026-09-18', vcpuHour: '0.1276', gbHour: '0.0169' },
    ...{ grade: 'B', asOf: '2026-09-30', sources: [PAGE, PRICE_LIST] },
  },
  {
    ...{ resources: TOOLS, regions: COMMERCIAL, vcpuHour: '0.0895', gbHour: '0.00945', grade: 'B', asOf: '2026-09-30' },
    sources: [PAGE, PRICE_LIST],
  },
  {
    ...{ resources: [...RUNTIME, ...TOOLS], regions: ['us-gov-west-1'], vcpuHour: '0.1074', gbHour: '0.01134' },
    ...{ grade: 'C', asOf: '2026-09-28', sources: [PRICE_LIST] },
  },
];

/** In pico-dollars an hour. */
export interface RuntimeRate {
  readonly vcpuHour: PicoUsd;
  readonly gbHour: PicoUsd;
}

const RATES = RUNTIME_PRICES.map(({ vcpuHour, gbHour, ...price }) => ({
  ...price,
  since: price.from === undefined ? -Infinity : Date.parse(price.from),
  rate: { vcpuHour: parseUsd(vcpuHour), gbHour: parseUsd(gbHour) },
}));

export interface RuntimeQuestion {
  readonly resource: string;
  readonly region: string;
  /** In milliseconds. Absent for usage whose time is not known: then every price is possible. */
  readonly time?: number;
}

/** The rates that are possible: several where two platform versions have different ones, none where no price is known. */
export const runtimeRates = ({ resource, region, time = Infinity }: RuntimeQuestion): readonly RuntimeRate[] =>
  RATES.filter(({ resources, regions, since }) => resources.includes(resource) && regions.includes(region) && time >= since).map(
    ({ rate }) => rate,
  );
