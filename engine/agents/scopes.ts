import { TRACE_SCOPE } from '../telemetry/span-attributes';
import type { InputForm } from './span';

/** What is known about an instrumentation library. A new library is a new row. */
interface ScopeFacts {
  /** The name of the scope: all of it, or its beginning where it ends with `*`. */
  readonly scope: string;
  readonly input?: InputForm;
  /** Whether it cuts the routing prefix off model ids. */
  readonly cutsRouting?: boolean;
  /** Whether its span names can hold text of the user, such as the task of an agent. */
  readonly namesHoldText?: boolean;
}

/** Seen in spans of these libraries on calls with a prompt cache, with the newest versions of November 2026. */
const SCOPES: readonly ScopeFacts[] = [
  { scope: TRACE_SCOPE, input: 'includesCache' },
  { scope: 'opentelemetry.instrumentation.botocore.bedrock-runtime', input: 'excludesCache' },
  { scope: '@opentelemetry/instrumentation-aws-sdk', input: 'excludesCache' },
  { scope: 'opentelemetry.instrumentation.genai.bedrock', input: 'excludesCache' },
  { scope: 'opentelemetry.instrumentation.bedrock', input: 'excludesCache', cutsRouting: true },
  { scope: '@traceloop/instrumentation-bedrock', input: 'excludesCache', cutsRouting: true },
  { scope: 'openlit.instrumentation.bedrock', input: 'excludesCache' },
  { scope: '@arizeai/openinference-instrumentation-bedrock', input: 'excludesCache' },
  { scope: 'openinference.instrumentation.claude_agent_sdk', input: 'excludesCache' },
  { scope: 'strands.telemetry.tracer', input: 'includesCache' },
  { scope: 'pydantic-ai', input: 'includesCache' },
  { scope: 'gen_ai', input: 'includesCache' },
  { scope: 'openinference.instrumentation.llama_index', input: 'unknown' },
  { scope: 'openinference.instrumentation.*', input: 'includesCache' },
  { scope: '@arizeai/openinference-instrumentation-langchain', input: 'includesCache' },
  { scope: 'opentelemetry.instrumentation.langchain', input: 'includesCache' },
  { scope: 'amazon.opentelemetry.distro.instrumentation.*', input: 'includesCache' },
  { scope: 'com.anthropic.claude_code.tracing', input: 'includesCache' },
  { scope: 'opentelemetry.instrumentation.crewai.instrumentation', namesHoldText: true },
];

const NO_FACTS: ScopeFacts = { scope: '' };

/** An application has few libraries. Names are from outside, so that only so many are remembered. */
const MAX_KNOWN = 1000;
const known = new Map<string, ScopeFacts>();

export function scopeFacts(scope: string): ScopeFacts {
  let facts = known.get(scope);
  if (!facts) {
    facts = SCOPES.find((row) => matches(row.scope, scope)) ?? NO_FACTS;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(scope, facts);
  }
  return facts;
}

const matches = (pattern: string, scope: string): boolean =>
  pattern.endsWith('*') ? scope.startsWith(pattern.slice(0, -1)) : scope === pattern;
