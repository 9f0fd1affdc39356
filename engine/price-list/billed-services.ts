import { KNOWN_NAMES } from './known-names';

/** Providers whose models are sold through the AWS Marketplace. Llama, Mistral, DeepSeek, Qwen and gpt-oss are not. */
const MARKETPLACE = /^(anthropic|cohere|ai21|writer|luma|stability|twelvelabs)\.|^openai\.gpt-(?!oss)/;

/**
 * The services under which Bedrock is billed, as Cost Explorer and AWS Budgets name them: its own two names, and one for each model
 * that is sold through the AWS Marketplace. Which of them Claude has depends on the account.
 */
export const BILLED_SERVICES: readonly string[] = [
  'Amazon Bedrock',
  'Amazon Bedrock Service',
  ...KNOWN_NAMES.filter(([name, model]) => MARKETPLACE.test(model) && name.includes(' ')).map(
    ([name]) => `${name} (Amazon Bedrock Edition)`,
  ),
];
