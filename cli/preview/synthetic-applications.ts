/** An application of the example company, and how it calls Bedrock. */
export interface Application {
  readonly modelId: string;
  /** Role and session name. */
  readonly caller: string;
  readonly team?: string;
  readonly stream?: boolean;
  /** How often it calls, in relation to the others. */
  readonly weight: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Tokens of a prefix that is kept in the prompt cache. */
  readonly cachedTokens?: number;
  readonly latencyMs: number;
  /** The Regions that may serve a call. */
  readonly regions: readonly string[];
}

const US = ['us-east-1', 'us-east-2', 'us-west-2'];

export const APPLICATIONS: readonly Application[] = [
  {
    modelId: 'us.anthropic.claude-sonnet-4-6',
    caller: 'Assistant/web',
    team: 'support',
    stream: true,
    weight: 30,
    inputTokens: 3100,
    outputTokens: 640,
    cachedTokens: 18_000,
    latencyMs: 2600,
    regions: US,
  },
  {
    modelId: 'global.anthropic.claude-opus-4-7',
    caller: 'Developer/ana@example.com',
    team: 'platform',
    stream: true,
    weight: 9,
    inputTokens: 2600,
    outputTokens: 2100,
    cachedTokens: 64_000,
    latencyMs: 8200,
    regions: [...US, 'eu-west-1'],
  },
  {
    modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    caller: 'Assistant/search',
    team: 'search',
    weight: 26,
    inputTokens: 5200,
    outputTokens: 260,
    cachedTokens: 9000,
    latencyMs: 900,
    regions: US,
  },
  {
    modelId: 'amazon.nova-pro-v1:0',
    caller: 'Reports/nightly',
    team: 'finance',
    weight: 12,
    inputTokens: 14_000,
    outputTokens: 150,
    latencyMs: 1700,
    regions: ['us-east-1'],
  },
  {
    modelId: 'amazon.nova-micro-v1:0',
    caller: 'MailRouter/lambda',
    weight: 14,
    inputTokens: 420,
    outputTokens: 20,
    latencyMs: 350,
    regions: ['us-east-1'],
  },
  {
    modelId: 'us.meta.llama4-maverick-17b-instruct-v1:0',
    caller: 'Translation/ecs',
    team: 'content',
    weight: 8,
    inputTokens: 900,
    outputTokens: 700,
    latencyMs: 2100,
    regions: US,
  },
  {
    modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
    caller: 'Legacy/cron',
    weight: 2,
    inputTokens: 900,
    outputTokens: 180,
    latencyMs: 1100,
    regions: ['us-east-1'],
  },
  {
    modelId: 'acme.model-without-a-price-v1:0',
    caller: 'Lab/trial',
    team: 'research',
    weight: 1,
    inputTokens: 500,
    outputTokens: 200,
    latencyMs: 1500,
    regions: ['us-east-1'],
  },
];
