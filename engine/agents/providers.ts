import { BEDROCK, type Provider } from './span';

/** The names that libraries give to one provider, in lower case. */
const PROVIDERS: ReadonlyMap<string, Provider> = new Map(
  Object.entries({
    'aws.bedrock': BEDROCK,
    amazon: BEDROCK,
    aws: BEDROCK,
    openai: 'openai',
    anthropic: 'anthropic',
    cohere: 'cohere',
    deepseek: 'deepseek',
    mistral_ai: 'mistral_ai',
    'azure.ai.openai': 'azure.ai.openai',
    'az.ai.openai': 'azure.ai.openai',
    azure: 'azure.ai.openai',
    'azure.ai.inference': 'azure.ai.inference',
    'gcp.gemini': 'gcp.gemini',
    gemini: 'gcp.gemini',
    google: 'gcp.gemini',
    'gcp.gen_ai': 'gcp.gen_ai',
    'gcp.vertex_ai': 'gcp.vertex_ai',
    'gcp.vertex.agent': 'gcp.vertex_ai',
    vertex_ai: 'gcp.vertex_ai',
    vertexai: 'gcp.vertex_ai',
    ollama: 'ollama',
    groq: 'groq',
    perplexity: 'perplexity',
    x_ai: 'x_ai',
    xai: 'x_ai',
    'ibm.watsonx.ai': 'ibm.watsonx.ai',
    watsonx: 'ibm.watsonx.ai',
    openrouter: 'openrouter',
    together: 'together',
    fireworks: 'fireworks',
  }),
);

/** `bedrock`, `aws_bedrock`, `AWS Bedrock`, `bedrock-converse`, `amazon-bedrock.converse` and the like. */
const BEDROCK_NAME = /(^|[^a-z])bedrock([^a-z]|$)/i;

/** Who answers at a host, by the end of its name. */
const HOSTS: ReadonlyArray<readonly [pattern: RegExp, provider: Provider]> = [
  [/^bedrock(-mantle|-runtime|-agent-runtime)?(-fips)?\..*\.(amazonaws\.com(\.cn)?|api\.aws)$/, BEDROCK],
  [/(^|\.)openai\.azure\.com$/, 'azure.ai.openai'],
  [/(^|\.)openai\.com$/, 'openai'],
  [/(^|\.)anthropic\.com$/, 'anthropic'],
  [/(^|\.)googleapis\.com$/, 'gcp.gemini'],
  [/(^|\.)(groq|mistral|cohere|x|perplexity|deepseek)\.(com|ai)$/, 'another'],
];

/** Models that Bedrock does not have under these names: those of other vendors there begin with the vendor and a point. */
const NOT_ON_BEDROCK: ReadonlyArray<readonly [pattern: RegExp, provider: Provider]> = [
  [/^(openai\/)?(gpt-[345]|chatgpt-|o[1345](-|$)|text-embedding-(3|ada))/, 'openai'],
  [/^(models\/|gemini\/|google\/)?gemini-/, 'gcp.gemini'],
  [/^(azure|vertex_ai|ollama|groq|openrouter|anthropic)\//, 'another'],
];

/** An id that only Bedrock has: a vendor before a point, with or without a routing prefix, an ARN, or a name of LiteLLM. */
const BEDROCK_MODEL =
  /^(bedrock\/|arn:aws[a-z-]*:bedrock:|([a-z-]{2,6}\.)?(amazon|anthropic|meta|mistral|cohere|ai21|deepseek|qwen|openai|stability|writer|twelvelabs|luma|moonshotai?|minimax|nvidia|google|zai|xai)\.)/;

export interface ProviderFacts {
  /** As the span names it, in order of precedence. */
  readonly named: readonly string[];
  /** Of the model, whoever answers. */
  readonly vendor?: string;
  readonly host?: string;
  readonly model?: string;
  /** Whether the span has a request id of AWS or names a method of Bedrock. */
  readonly calledAws: boolean;
}

/**
 * Who answers the calls of a span. What is certain comes first: a request id of AWS, an id that only Bedrock has, the host, and
 * then the name, which frameworks fill with their own (`strands-agents`, `langgraph`) or with the vendor of the model.
 */
export function providerOf({ named, vendor, host, model, calledAws }: ProviderFacts): Provider {
  if (calledAws || (model !== undefined && BEDROCK_MODEL.test(model))) return BEDROCK;
  const ofHost = host === undefined ? undefined : HOSTS.find(([pattern]) => pattern.test(host.toLowerCase()))?.[1];
  if (ofHost !== undefined) return ofHost;
  const known = named.flatMap((name) => (BEDROCK_NAME.test(name) ? BEDROCK : (PROVIDERS.get(bareName(name)) ?? [])));
  if (known.includes(BEDROCK)) return BEDROCK;
  const ofModel = model === undefined ? undefined : NOT_ON_BEDROCK.find(([pattern]) => pattern.test(model))?.[1];
  return known[0] ?? ofVendor(vendor) ?? ofModel ?? 'unknown';
}

/** Bedrock has models of these vendors, so that their names alone do not say who answers. */
const ON_BEDROCK: ReadonlySet<string> = new Set(['anthropic', 'cohere', 'deepseek', 'mistral_ai']);

function ofVendor(vendor: string | undefined): Provider | undefined {
  const found = vendor === undefined ? undefined : PROVIDERS.get(bareName(vendor));
  return found === undefined || ON_BEDROCK.has(found) ? undefined : found;
}

/** The Vercel AI SDK adds the kind of client: `amazon-bedrock.converse`, `openai.chat`. */
function bareName(name: string): string {
  const lower = name.toLowerCase();
  return PROVIDERS.has(lower) ? lower : lower.split('.')[0]!;
}
