import { bodyUsage } from '../records/body-usage';
import { readObject, readText, type Json } from '../records/json';
import { streamEvent, timesOf, toolIn, type StepTimes, type TracePart } from './invoke-agent-parts';
import { readModel, readRequestId, readTokens, readWord } from './readers';
import { BEDROCK, type InputForm, type Span, type SpanRole, type SpanTokens } from './span';

type Draft = { -readonly [Name in keyof Span]: Span[Name] };

const SCOPE = 'bedrock-agent-runtime';
const ALIAS_ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d*:agent-alias\/([\w-]+)\//;
const STEP_NUMBER = /(?:-(?:pre|post|routing-classifier|guardrail|KB)[\w-]*|-\d+)$/;

/**
 * Is handed the step of an event that a span was made of, once where it begins and once where it ends. Steps hold texts of
 * prompts and answers.
 */
export type StepListener = (spanId: string, step: Json) => void;

/**
 * The events of one InvokeAgent response as spans: the agent, its collaborators, model calls, tools, retrievals and guardrails.
 * Texts of prompts, answers, parameters and results are not read; of a raw response only its counts and its model are.
 */
export class InvokeAgentEvents {
  private readonly spans: Draft[] = [];
  /** Agents by their chain of aliases: the last that was invoked. */
  private readonly agents = new Map<string, Draft>();
  /** What has begun and not ended, by kind, chain and step. */
  private readonly open = new Map<string, Draft[]>();
  private lastTime = 0;

  constructor(private readonly onStep: StepListener = () => undefined) {}

  /** Returns false where the value is no event of such a response. */
  public add(value: unknown): boolean {
    const event = readObject(value);
    const found = event && streamEvent(event);
    if (found === undefined) return false;
    if (found === 'other') return true;
    if ('exception' in found) this.fail(this.spans[0], found.exception);
    else this.part(found);
    return true;
  }

  /** What did not end by the last event ends with it: the response was cut off. */
  public get found(): readonly Span[] {
    return this.spans.map((span) => ({ ...span, end: Math.max(span.start, span.end) }));
  }

  private part(part: TracePart): void {
    this.lastTime = part.time ?? this.lastTime;
    const agent = this.agent(part);
    agent.end = Math.max(agent.end, this.lastTime);
    const { body } = part;
    const input = readObject(body.modelInvocationInput);
    const output = readObject(body.modelInvocationOutput);
    if (input) this.modelInput(part, agent, input);
    if (output) this.modelOutput(part, agent, output);
    if (readObject(body.invocationInput)) this.invocation(part, agent, readObject(body.invocationInput)!);
    if (readObject(body.observation)) this.observation(part, agent, readObject(body.observation)!);
    if (part.step === 'guardrailTrace') this.guardrail(part, agent);
    if (part.step === 'failureTrace') this.fail(agent, readCode(body.failureCode));
  }

  private guardrail(part: TracePart, agent: Draft): void {
    const span = this.begin(part, agent, 'other', { operation: 'guardrail' });
    this.close(span, timesOf(part.body));
    this.onStep(span.spanId, part.body);
  }

  private agent(part: TracePart): Draft {
    const { chain } = part;
    const known = this.agents.get(chain.join());
    if (known) return known;
    const parent = chain.length > 1 ? this.agent({ ...part, chain: chain.slice(0, -1) }) : undefined;
    const agent = this.begin(part, parent, 'agent', { operation: 'invoke_agent' });
    this.agents.set(chain.join(), agent);
    return agent;
  }

  private modelInput(part: TracePart, agent: Draft, input: Json): void {
    const model = readModel(input.foundationModel);
    const span = this.begin(part, agent, 'model', { operation: 'chat', ...(model !== undefined && { model }) });
    this.remember('model', part, input, span);
    this.onStep(span.spanId, input);
  }

  private modelOutput(part: TracePart, agent: Draft, output: Json): void {
    const span = this.recall('model', part, output) ?? this.begin(part, agent, 'model', { operation: 'chat' });
    const { tokens, inputForm, model } = usageOf(output);
    if (tokens) span.tokens = tokens;
    span.inputForm = inputForm;
    span.model ??= model;
    span.name = span.model === undefined ? 'chat' : `chat ${span.model}`;
    this.close(span, timesOf(output));
    this.onStep(span.spanId, output);
  }

  private invocation(part: TracePart, agent: Draft, input: Json): void {
    const tool = toolIn(input);
    if (tool !== undefined) {
      const span = this.begin(part, agent, 'tool', { operation: 'execute_tool', tool, name: `execute_tool ${tool}` });
      this.onStep(span.spanId, input);
      return this.remember('tool', part, input, span);
    }
    if (readObject(input.knowledgeBaseLookupInput)) {
      const span = this.begin(part, agent, 'retrieval', { operation: 'retrieval', name: 'retrieval' });
      this.onStep(span.spanId, input);
      return this.remember('retrieval', part, input, span);
    }
    const collaborator = readObject(input.agentCollaboratorInvocationInput);
    const alias = collaborator && readText(collaborator.agentCollaboratorAliasArn);
    if (alias === undefined) return;
    const chain = [...part.chain, alias];
    const span = this.begin({ ...part, chain }, agent, 'agent', { operation: 'invoke_agent' });
    const name = readWord(collaborator?.agentCollaboratorName);
    if (name !== undefined) {
      span.agent = name;
      span.name = `invoke_agent ${name}`;
    }
    this.agents.set(chain.join(), span);
    this.onStep(span.spanId, input);
  }

  private observation(part: TracePart, agent: Draft, observation: Json): void {
    const code = readObject(observation.codeInterpreterInvocationOutput);
    const tool = readObject(observation.actionGroupInvocationOutput) ?? code;
    if (tool) {
      const span = this.recall('tool', part, observation);
      if (span) {
        this.close(span, timesOf(tool));
        span.failed = readText(code?.executionError) !== undefined || code?.executionTimeout === true;
        this.onStep(span.spanId, observation);
      }
    }
    const lookup = readObject(observation.knowledgeBaseLookupOutput);
    const retrieval = lookup && this.recall('retrieval', part, observation);
    if (retrieval) {
      this.close(retrieval, timesOf(lookup));
      this.onStep(retrieval.spanId, observation);
    }
    const collaborator = readObject(observation.agentCollaboratorInvocationOutput);
    const alias = collaborator && readText(collaborator.agentCollaboratorAliasArn);
    const called = alias === undefined ? undefined : this.agents.get([...part.chain, alias].join());
    if (called) this.close(called, timesOf(collaborator));
    const final = readObject(observation.finalResponse);
    if (final) this.close(agent, timesOf(final));
  }

  private begin({ chain, sessionId, body }: TracePart, parent: Draft | undefined, role: SpanRole, more: Partial<Draft>): Draft {
    const [, region, agentId = chain.at(-1)!] = ALIAS_ARN.exec(chain.at(-1)!) ?? [];
    const agent = role === 'agent' ? agentId : parent?.agent;
    const span: Draft = {
      traceId: this.spans[0]?.traceId ?? traceIdIn(body),
      spanId: String(this.spans.length + 1),
      ...{ parentSpanId: parent?.spanId, start: this.lastTime, end: this.lastTime, scope: SCOPE, role, agent, sessionId, region },
      ...{ name: nameOf(role, agent, more), provider: BEDROCK, inputForm: 'excludesCache' as const, failed: false },
      ...more,
    };
    this.spans.push(span);
    return span;
  }

  private close(span: Draft, { start, end, requestId }: StepTimes): void {
    span.start = start ?? span.start;
    span.end = Math.max(span.start, end ?? this.lastTime);
    const id = span.role === 'model' ? readRequestId(requestId) : undefined;
    if (id !== undefined) span.requestId = id;
  }

  private fail(span: Draft | undefined, errorType: string): void {
    if (span) Object.assign(span, { failed: true, errorType });
  }

  private remember(kind: string, { chain }: TracePart, holder: Json, span: Draft): void {
    const key = [kind, ...chain, readText(holder.traceId)].join();
    this.open.set(key, [...(this.open.get(key) ?? []), span]);
  }

  private recall(kind: string, { chain }: TracePart, holder: Json): Draft | undefined {
    return this.open.get([kind, ...chain, readText(holder.traceId)].join())?.shift();
  }
}

function nameOf(role: SpanRole, agent: string | undefined, { model, operation }: Partial<Draft>): string {
  if (role === 'agent') return `invoke_agent ${agent}`;
  return model === undefined ? (operation ?? role) : `chat ${model}`;
}

const readCode = (code: unknown): string => (typeof code === 'number' ? String(code) : (readWord(code) ?? 'failure'));

/** All steps of a response have one id, with the number of the step behind it. */
const traceIdIn = (body: Json): string => readWord(stepIdIn(body)?.replace(STEP_NUMBER, '')) ?? 'response';

/** The id of a step is in the step or one level below. */
function stepIdIn(body: Json): string | undefined {
  return readText(body.traceId) ?? Object.values(body).flatMap((value) => readText(readObject(value)?.traceId) ?? [])[0];
}

/** Bedrock reports input and output. Cached tokens are only in the raw response, where that is JSON. */
function usageOf(output: Json): { readonly tokens?: SpanTokens; readonly inputForm: InputForm; readonly model?: string } {
  const usage = readObject(readObject(output.metadata)?.usage);
  const raw = rawResponse(output);
  const counts = countsIn(raw);
  const model = readModel(raw?.model);
  const input = readTokens(usage?.inputTokens) ?? counts.input ?? 0;
  const tokens = {
    input,
    output: readTokens(usage?.outputTokens) ?? counts.output ?? 0,
    cacheRead: counts.cacheRead ?? 0,
    cacheWrite: counts.cacheWrite ?? 0,
  };
  const isKnown = counts.input === undefined || counts.input === input;
  const hasTokens = Object.values(tokens).some((count) => count > 0);
  return { ...(hasTokens && { tokens }), inputForm: isKnown ? 'excludesCache' : 'unknown', ...(model !== undefined && { model }) };
}

function rawResponse(output: Json): Json | undefined {
  const content = readText(readObject(output.rawResponse)?.content);
  try {
    return content?.startsWith('{') ? readObject(JSON.parse(content)) : undefined;
  } catch {
    return undefined;
  }
}

function countsIn(raw: Json | undefined): ReturnType<typeof bodyUsage> & object {
  try {
    return bodyUsage(raw) ?? {};
  } catch {
    return {};
  }
}
