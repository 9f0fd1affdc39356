/** An application of the demo's imaginary company, and how it calls Bedrock. */
export interface Workload {
  /** The id of the model or inference profile. */
  readonly profile: string;
  /** Whether the caller passes the ARN of the profile instead of its id. */
  readonly asArn?: boolean;
  readonly operation: 'Converse' | 'ConverseStream' | 'InvokeModel' | 'InvokeModelWithResponseStream';
  /** Role and session name of the caller. */
  readonly caller: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Calls in relation to those of the other workloads. */
  readonly weight: number;
  readonly input: Range;
  /** Absent for embeddings. */
  readonly output?: Range;
  /** Tokens of a cached prompt prefix, which most calls read and the others write. */
  readonly cached?: Range;
  /** The lifetime of cache writes, which is in the bodies only. */
  readonly lifetime?: '5m' | '1h';
  /** Whether bodies are logged; without them a record has counters only. */
  readonly bodies: boolean;
}

type Range = readonly [min: number, max: number];

export const WORKLOADS: readonly Workload[] = [
  {
    profile: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    operation: 'ConverseStream',
    caller: 'SupportChat/web',
    metadata: { team: 'support', feature: 'chat' },
    weight: 26,
    input: [40, 900],
    output: [60, 700],
    cached: [2_200, 2_600],
    lifetime: '5m',
    bodies: true,
  },
  {
    profile: 'us.anthropic.claude-opus-4-7',
    operation: 'InvokeModelWithResponseStream',
    caller: 'Developer/alice@example.com',
    metadata: { team: 'platform', feature: 'code' },
    weight: 7,
    input: [3, 400],
    output: [200, 3_000],
    cached: [18_000, 60_000],
    lifetime: '1h',
    bodies: true,
  },
  {
    profile: 'us.anthropic.claude-sonnet-4-6',
    operation: 'InvokeModelWithResponseStream',
    caller: 'Developer/bob@example.com',
    metadata: { team: 'platform', feature: 'code' },
    weight: 8,
    input: [3, 400],
    output: [200, 2_500],
    cached: [12_000, 40_000],
    lifetime: '5m',
    bodies: true,
  },
  {
    profile: 'global.anthropic.claude-sonnet-4-6',
    asArn: true,
    operation: 'Converse',
    caller: 'ResearchAgent/worker',
    metadata: { team: 'research', feature: 'agent' },
    weight: 14,
    input: [200, 6_000],
    output: [150, 1_800],
    bodies: true,
  },
  {
    profile: 'us.anthropic.claude-sonnet-4-6',
    asArn: true,
    operation: 'Converse',
    caller: 'ClaimsReview/batch',
    metadata: { team: 'claims', feature: 'review' },
    weight: 6,
    input: [900, 9_000],
    output: [80, 600],
    cached: [3_000, 5_000],
    bodies: false,
  },
  {
    profile: 'amazon.nova-micro-v1:0',
    operation: 'Converse',
    caller: 'MailRouter/lambda',
    weight: 14,
    input: [80, 900],
    output: [4, 40],
    cached: [1_200, 1_500],
    bodies: true,
  },
  {
    profile: 'amazon.nova-pro-v1:0',
    operation: 'InvokeModel',
    caller: 'Reports/nightly',
    metadata: { team: 'finance', feature: 'summary' },
    weight: 6,
    input: [2_000, 20_000],
    output: [200, 900],
    bodies: true,
  },
  {
    profile: 'us.meta.llama4-maverick-17b-instruct-v1:0',
    operation: 'InvokeModel',
    caller: 'Translation/ecs',
    weight: 8,
    input: [100, 1_500],
    output: [100, 1_500],
    bodies: true,
  },
  {
    profile: 'openai.gpt-oss-120b-1:0',
    operation: 'InvokeModel',
    caller: 'Moderation/lambda',
    weight: 7,
    input: [100, 800],
    output: [10, 120],
    bodies: false,
  },
  // A new model without a price.
  {
    profile: 'example.aurora-preview-v1:0',
    operation: 'Converse',
    caller: 'ResearchAgent/worker',
    metadata: { team: 'research', feature: 'trial' },
    weight: 3,
    input: [200, 2_000],
    output: [100, 900],
    bodies: true,
  },
  {
    profile: 'amazon.titan-embed-text-v2:0',
    operation: 'InvokeModel',
    caller: 'SearchIndex/worker',
    weight: 12,
    input: [60, 1_900],
    bodies: false,
  },
];
