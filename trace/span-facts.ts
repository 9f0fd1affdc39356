import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { NEXT_SPAN_ATTRIBUTES, OpenInferenceAttributes, SpanAttributes } from '../engine/telemetry/span-attributes';
import { BEDROCK, type SpanRole, type SpanTokens } from '../engine/agents/span';
import type { TraceOptions } from './options';

/** What a span says, before it is put into the words of a vocabulary. */
export interface SpanFacts {
  readonly role: SpanRole;
  readonly operation?: string;
  readonly model?: string;
  readonly responseModel?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly finishReasons?: readonly string[];
  readonly firstChunkSeconds?: number;
  /** Cached tokens apart from `input`, unless `inputHoldsCached`. */
  readonly tokens?: SpanTokens;
  readonly inputHoldsCached?: boolean;
  readonly usd?: number;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly sessionId?: string;
  readonly tool?: string;
  readonly toolType?: string;
  readonly knowledgeBaseId?: string;
  readonly documents?: number;
  readonly guardrailId?: string;
  readonly guardrailAction?: string;
  readonly requestId?: string;
  readonly region?: string;
  readonly tier?: string;
  readonly promptHash?: string;
  readonly errorType?: string;
}

type Name = Exclude<keyof SpanFacts, 'role' | 'tokens' | 'inputHoldsCached' | 'finishReasons'>;

/** Identity first: a destination that cuts attributes off keeps what comes first. */
const NAMES: ReadonlyArray<readonly [fact: Name, attribute: string]> = [
  ['operation', SpanAttributes.OPERATION],
  ['agentId', SpanAttributes.AGENT_ID],
  ['agentName', SpanAttributes.AGENT_NAME],
  ['sessionId', SpanAttributes.CONVERSATION],
  ['sessionId', SpanAttributes.SESSION],
  ['requestId', SpanAttributes.REQUEST_ID],
  ['region', SpanAttributes.REGION],
  ['model', SpanAttributes.REQUEST_MODEL],
  ['responseModel', SpanAttributes.RESPONSE_MODEL],
  ['usd', SpanAttributes.COST],
  ['maxTokens', SpanAttributes.MAX_TOKENS],
  ['temperature', SpanAttributes.TEMPERATURE],
  ['topP', SpanAttributes.TOP_P],
  ['firstChunkSeconds', SpanAttributes.TIME_TO_FIRST_CHUNK],
  ['tool', SpanAttributes.TOOL_NAME],
  ['toolType', SpanAttributes.TOOL_TYPE],
  ['knowledgeBaseId', SpanAttributes.DATA_SOURCE],
  ['knowledgeBaseId', SpanAttributes.KNOWLEDGE_BASE],
  ['documents', SpanAttributes.DOCUMENTS],
  ['guardrailId', SpanAttributes.GUARDRAIL],
  ['guardrailAction', SpanAttributes.GUARDRAIL_ACTION],
  ['tier', SpanAttributes.TIER],
  ['promptHash', SpanAttributes.PROMPT_HASH],
  ['errorType', SpanAttributes.ERROR_TYPE],
];

const KINDS: Readonly<Record<SpanRole, string>> = {
  model: 'LLM',
  agent: 'AGENT',
  tool: 'TOOL',
  retrieval: 'RETRIEVER',
  step: 'CHAIN',
  other: 'GUARDRAIL',
};

/** The facts as attributes. */
export function attributesOf(facts: SpanFacts, options: TraceOptions): Attributes {
  const { role, finishReasons } = facts;
  const pairs: Pair[] = [
    ...(role === 'other' ? [] : [[SpanAttributes.PROVIDER, BEDROCK] as const]),
    // The conventions have no operation for guardrails.
    ...NAMES.filter(([fact]) => role !== 'other' || fact !== 'operation').map(([fact, name]) => [name, facts[fact]] as const),
    ...(finishReasons?.length ? [[SpanAttributes.FINISH_REASONS, [...finishReasons]] as Pair] : []),
    ...tokenAttributes(facts, options),
    ...(options.conventions === 'next' ? costInUsd(facts) : []),
    ...(options.openInference ? openInference(facts) : []),
  ];
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined && value !== ''));
}

type Pair = readonly [name: string, value: AttributeValue | undefined];

const inputOf = ({ tokens, inputHoldsCached }: SpanFacts): number =>
  tokens ? tokens.input + (inputHoldsCached ? 0 : tokens.cacheRead + tokens.cacheWrite) : 0;

/** Cached tokens only where there are any. */
const positive = (count: number): number | undefined => (count > 0 ? count : undefined);

function tokenAttributes(facts: SpanFacts, { conventions }: TraceOptions): Pair[] {
  const { tokens } = facts;
  if (!tokens) return [];
  const { CACHE_WRITE_TOKENS } = conventions === 'next' ? NEXT_SPAN_ATTRIBUTES : SpanAttributes;
  return [
    [SpanAttributes.INPUT_TOKENS, inputOf(facts)],
    [SpanAttributes.OUTPUT_TOKENS, tokens.output],
    [SpanAttributes.CACHE_READ_TOKENS, positive(tokens.cacheRead)],
    [CACHE_WRITE_TOKENS, positive(tokens.cacheWrite)],
  ];
}

const costInUsd = ({ usd }: SpanFacts): Pair[] =>
  usd === undefined
    ? []
    : [
        [NEXT_SPAN_ATTRIBUTES.COST_AMOUNT, usd],
        [NEXT_SPAN_ATTRIBUTES.COST_CURRENCY, 'USD'],
        [NEXT_SPAN_ATTRIBUTES.COST_SOURCE, 'local'],
      ];

function openInference(facts: SpanFacts): Pair[] {
  const { tokens, role } = facts;
  return [
    [OpenInferenceAttributes.KIND, KINDS[role]],
    [OpenInferenceAttributes.AGENT_NAME, role === 'agent' ? (facts.agentName ?? facts.agentId) : undefined],
    [OpenInferenceAttributes.TOOL_NAME, facts.tool],
    ...(role === 'model' ? ([[OpenInferenceAttributes.PROVIDER, 'aws']] as const) : []),
    [OpenInferenceAttributes.MODEL, facts.model],
    [OpenInferenceAttributes.COST, facts.usd],
    ...(tokens
      ? ([
          [OpenInferenceAttributes.INPUT_TOKENS, inputOf(facts)],
          [OpenInferenceAttributes.OUTPUT_TOKENS, tokens.output],
          [OpenInferenceAttributes.TOTAL_TOKENS, inputOf(facts) + tokens.output],
          [OpenInferenceAttributes.CACHE_READ_TOKENS, positive(tokens.cacheRead)],
          [OpenInferenceAttributes.CACHE_WRITE_TOKENS, positive(tokens.cacheWrite)],
        ] as const)
      : []),
  ];
}
