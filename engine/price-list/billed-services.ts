import { KNOWN_NAMES } from './known-names';

/** Providers whose models are sold through the AWS Marketplace. Llama, Mistral, DeepSeek, Qwen and gpt-oss are not. */
export const MARKETPLACE = /^(anthropic|cohere|ai21|writer|luma|stability|twelvelabs)\.|^openai\.gpt-(?!oss)/;

/**
 * Models of the catalogue that the Price List does not name, or under a name that no bill has. Their names follow the pattern of
 * others of their provider, such as "OpenAI GPT-5.6 Sol (Amazon Bedrock Edition)", which bills have.
 */
const FURTHER_NAMES: Readonly<Record<string, string>> = {
  'ai21.jamba-instruct-v1:0': 'Jamba-Instruct',
  'anthropic.claude-v1': 'Claude',
  'openai.gpt-5.4': 'OpenAI GPT-5.4',
  'openai.gpt-5.5': 'OpenAI GPT-5.5',
  'openai.gpt-5.6-cyber': 'OpenAI GPT-5.6 Cyber',
  'openai.gpt-5.6-sol': 'OpenAI GPT-5.6 Sol',
  'openai.gpt-6-sol': 'OpenAI GPT-6 Sol',
  'openai.gpt-6.1-sol': 'OpenAI GPT-6.1 Sol',
  'openai.gpt-6.1-terra': 'OpenAI GPT-6.1 Terra',
  'openai.gpt-daybreak-blue-5.6-sol': 'OpenAI GPT Daybreak Blue 5.6 Sol',
  'stability.stable-conservative-upscale-v1:0': 'Stable Image Conservative Upscale',
  'stability.stable-creative-upscale-v1:0': 'Stable Image Creative Upscale',
  'stability.stable-diffusion-xl-v0': 'Stable Diffusion XL',
  'stability.stable-diffusion-xl-v1': 'Stable Diffusion XL',
  'stability.stable-fast-upscale-v1:0': 'Stable Image Fast Upscale',
  'stability.stable-image-control-sketch-v1:0': 'Stable Image Control Sketch',
  'stability.stable-image-control-structure-v1:0': 'Stable Image Control Structure',
  'stability.stable-image-core-v1:0': 'Stable Image Core',
  'stability.stable-image-erase-object-v1:0': 'Stable Image Erase Object',
  'stability.stable-image-inpaint-v1:0': 'Stable Image Inpaint',
  'stability.stable-image-remove-background-v1:0': 'Stable Image Remove Background',
  'stability.stable-image-search-recolor-v1:0': 'Stable Image Search and Recolor',
  'stability.stable-image-search-replace-v1:0': 'Stable Image Search and Replace',
  'stability.stable-image-style-guide-v1:0': 'Stable Image Style Guide',
  'stability.stable-image-ultra-v1:0': 'Stable Image Ultra',
  'stability.stable-outpaint-v1:0': 'Stable Image Outpaint',
  'stability.stable-style-transfer-v1:0': 'Stable Image Style Transfer',
  'twelvelabs.pegasus-1-5-v1:0': 'TwelveLabs Pegasus 1.5',
};

/** The names of each model that is sold through the AWS Marketplace, without that of its edition. */
export const MARKETPLACE_NAMES: ReadonlyArray<readonly [name: string, model: string]> = [
  ...KNOWN_NAMES.flatMap(([name, model]) => (MARKETPLACE.test(model) && name.includes(' ') ? [[name, model] as const] : [])),
  ...Object.entries(FURTHER_NAMES).map(([model, name]) => [name, model] as const),
];

/**
 * The services under which Bedrock is billed, as Cost Explorer and AWS Budgets name them: its own two names, and one for each model
 * that is sold through the AWS Marketplace. Which of them Claude has depends on the account.
 */
export const BILLED_SERVICES: readonly string[] = [
  'Amazon Bedrock',
  'Amazon Bedrock Service',
  ...new Set(MARKETPLACE_NAMES.map(([name]) => `${name} (Amazon Bedrock Edition)`)),
];
