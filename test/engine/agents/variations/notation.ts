import { type Described, SONNET } from '../spans';

export const [TRACE_A, TRACE_B] = ['a'.repeat(32), 'b'.repeat(32)];
export const LANGCHAIN = 'openinference.instrumentation.langchain';
export const MINUTES = 60_000;

export const tool = (id: string, more: Partial<Described> = {}): Described => ({
  ...{ id, attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' } },
  ...more,
});
export const agent = (id: string, more: Partial<Described> = {}): Described => ({
  ...{ id, ms: 20_000, attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': id } },
  ...more,
});
export const openInference = (input: number, output: number, more: object = {}) => ({
  ...{ 'openinference.span.kind': 'LLM', 'llm.model_name': SONNET },
  ...{ 'llm.token_count.prompt': input, 'llm.token_count.completion': output, ...more },
});

export interface Variation {
  readonly name: string;
  readonly spans: readonly Described[];
  /** Calls, input without cached tokens, cached tokens, output. */
  readonly counted: readonly [calls: number, input: number, cached: number, output: number];
  /** By trace, in the order in which they began. */
  readonly more?: object;
}
