import { BOTOCORE, botocore, type Described, requestId, STRANDS, strands } from '../engine/agents/spans';

/** How the runs of a minute are. What is not said is as in a healthy fleet. */
export interface Runs {
  readonly agentFails?: boolean;
  readonly toolFails?: boolean;
  readonly toolMs?: number;
  readonly modelMs?: number;
  /** Model calls of a run, each but the last with a tool call after it. */
  readonly rounds?: number;
  /** All tool calls of a run are given the same. */
  readonly equalInput?: boolean;
  readonly outputTokens?: number;
  readonly session?: string;
  readonly aMinute?: number;
}

const MINUTE = 60_000;

/** Runs that begin in each minute of a healthy fleet: enough for ratios and percentiles of five minutes to count. */
const RUNS_A_MINUTE = 4;

/** In a healthy fleet too a tool or an agent fails now and then, some calls are slow, and agents ask twice for the same. */
const isEvery = (n: number, nth: number): boolean => n % nth === 0;

/** The spans of one minute: half of the runs in the form of Strands above botocore, half in that of OpenInference beside it. */
export function spansOfMinute(minute: number, runs: Runs = {}): Described[] {
  return Array.from({ length: runs.aMinute ?? RUNS_A_MINUTE }, (_, at) => spansOfRun(minute, minute * RUNS_A_MINUTE + at, runs)).flat();
}

function spansOfRun(minute: number, n: number, runs: Runs): Described[] {
  const { rounds = 3, session = `session-${n}`, agentFails = isEvery(n, 40), outputTokens = 300 } = runs;
  const trace = n.toString(16).padStart(32, 'a');
  const begin = minute * MINUTE + (n % RUNS_A_MINUTE) * 400;
  const shared = { trace, status: 'UNSET' as const };
  const attributes = { 'session.id': session };
  const below: Described[] = [];
  let at = begin;
  for (let round = 0; round < rounds; round += 1) {
    const call = n * 1000 + round;
    const nth = n * 7 + round;
    const modelMs = runs.modelMs ?? (isEvery(nth, 41) ? 12_000 : 2500);
    below.push(...modelSpans(n, round, { at, ms: modelMs, call, outputTokens }).map((span) => ({ ...shared, ...span })));
    at += modelMs;
    if (round === rounds - 1) break;
    const failed = runs.toolFails ?? isEvery(nth, 30);
    const toolMs = runs.toolMs ?? (isEvery(nth, 43) ? 4000 : 300);
    const input = runs.equalInput ? 'same' : `q${Math.floor(round / 2)}`;
    below.push({
      ...{ ...shared, id: `t${round}`, parent: 'agent', scope: STRANDS, at, ms: toolMs, status: failed ? 'ERROR' : 'UNSET' },
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'lookup',
        'gen_ai.tool.call.arguments': `{"q":"${input}"}`,
      },
    });
    at += toolMs;
  }
  const ms = at - begin;
  const agent: Described = {
    ...{ ...shared, id: 'agent', parent: 'root', scope: STRANDS, at: begin, ms, status: agentFails ? 'ERROR' : 'UNSET' },
    attributes: { ...strands('invoke_agent', 900 * rounds, outputTokens * rounds), 'gen_ai.agent.name': 'planner', ...attributes },
  };
  return [...below, agent, { ...shared, id: 'root', name: 'POST /invocations', kind: 'SERVER', at: begin, ms: ms + 30, attributes }];
}

interface ModelCall {
  readonly at: number;
  readonly ms: number;
  readonly call: number;
  readonly outputTokens: number;
}

function modelSpans(n: number, round: number, { at, ms, call, outputTokens }: ModelCall): Described[] {
  const leaf = { id: `b${round}`, scope: BOTOCORE, at: at + 2, ms: ms - 4, attributes: botocore(requestId(call), 900, outputTokens) };
  const outer = { id: `m${round}`, parent: 'agent', at, ms };
  return n % 2 === 0
    ? [
        { ...leaf, parent: outer.id },
        { ...outer, scope: STRANDS, attributes: strands('chat', 900, outputTokens) },
      ]
    : [
        { ...leaf, parent: 'agent' },
        {
          ...{ ...outer, scope: 'openinference.instrumentation.langchain' },
          attributes: {
            'openinference.span.kind': 'LLM',
            'llm.model_name': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
            'llm.token_count.prompt': 900,
            'llm.token_count.completion': outputTokens,
          },
        },
      ];
}
