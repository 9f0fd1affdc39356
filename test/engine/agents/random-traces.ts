import * as fc from 'fast-check';
import type { Span } from '../../../engine/agents/span';
import { BOTOCORE, botocore, type Described, read, requestId, SONNET, STRANDS, strands } from './spans';

/** A model call that was made: the truth that the spans describe. */
interface Made {
  readonly at: number;
  readonly ms: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly belowTool: boolean;
  readonly trace: number;
}

export interface RandomTraces {
  readonly made: readonly Made[];
  /** In the order in which they were described. */
  readonly described: readonly Described[];
  readonly spans: readonly Span[];
}

const openInference = ({ input, output, cacheRead }: Made) => ({
  ...{
    'openinference.span.kind': 'LLM',
    'llm.model_name': SONNET,
    'llm.token_count.prompt': input + cacheRead,
    'llm.token_count.completion': output,
  },
  ...(cacheRead > 0 && { 'llm.token_count.prompt_details.cache_read': cacheRead }),
});

const withCache = (cacheRead: number) => (cacheRead > 0 ? { 'gen_ai.usage.cache_read.input_tokens': cacheRead } : {});

type Layers = (made: Made, n: number, parent: string) => Described[];

const leaf = (made: Made, n: number, parent: string, withTokensOfCache: boolean): Described => ({
  ...{ id: `leaf${n}`, parent, scope: BOTOCORE, at: made.at + 2, ms: made.ms - 4 },
  attributes: { ...botocore(requestId(n), made.input, made.output), ...(withTokensOfCache && withCache(made.cacheRead)) },
});

const strandsChat = ({ at, ms, input, output, cacheRead }: Made, n: number, parent: string): Described => ({
  ...{ id: `chat${n}`, parent, scope: STRANDS, at: at + 1, ms: ms - 2 },
  attributes: strands('chat', input + cacheRead, output, withCache(cacheRead)),
});

/** How libraries describe one call. All calls of a case are described in one way, as in one application. */
const LAYERS: Readonly<Record<string, Layers>> = {
  botocore: (made, n, parent) => [leaf(made, n, parent, true)],
  strands: (made, n, parent) => [strandsChat(made, n, parent)],
  strandsAboveBotocore: (made, n, parent) => [strandsChat(made, n, parent), leaf(made, n, `chat${n}`, false)],
  openInferenceBeside: (made, n, parent) => [
    { id: `llm${n}`, parent, scope: 'openinference.instrumentation.langchain', at: made.at, ms: made.ms, attributes: openInference(made) },
    leaf(made, n, parent, false),
  ],
  three: (made, n, parent) => [
    { id: `llm${n}`, parent, scope: 'openinference.instrumentation.langchain', at: made.at, ms: made.ms, attributes: openInference(made) },
    strandsChat(made, n, parent),
    leaf(made, n, `chat${n}`, false),
  ],
};

const traceOf = (n: number): string =>
  String(n + 1)
    .repeat(32)
    .slice(0, 32);

/** Agents write the sum of their calls, and tools are between an agent and what it asked for. */
function describe(made: readonly Made[], layers: Layers): Described[] {
  const traces = [...new Set(made.map(({ trace }) => trace))];
  return traces.flatMap((trace) => {
    const ofTrace = made.map((call, n) => ({ call, n })).filter(({ call }) => call.trace === trace);
    const sum = (read: (call: Made) => number) => ofTrace.reduce((total, { call }) => total + read(call), 0);
    const agent: Described = {
      id: 'agent',
      scope: STRANDS,
      ms: 100_000,
      attributes: strands(
        'invoke_agent',
        sum(({ input }) => input),
        sum(({ output }) => output),
      ),
    };
    const below = ofTrace.flatMap(({ call, n }) => {
      const tool: Described = {
        id: `tool${n}`,
        parent: 'agent',
        at: call.at,
        ms: call.ms,
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'ask' },
      };
      return call.belowTool ? [tool, ...layers(call, n, `tool${n}`)] : layers(call, n, 'agent');
    });
    return [agent, ...below].map((span) => ({ ...span, trace: traceOf(trace) }));
  });
}

const call: fc.Arbitrary<Made> = fc.record({
  at: fc.nat({ max: 3000 }),
  ms: fc.integer({ min: 20, max: 500 }),
  // Few values, so that many calls are equal and overlap.
  input: fc.integer({ min: 1, max: 3 }),
  output: fc.integer({ min: 1, max: 3 }),
  cacheRead: fc.constantFrom(0, 0, 4000),
  belowTool: fc.boolean(),
  trace: fc.nat({ max: 2 }),
});

export const randomTraces: fc.Arbitrary<RandomTraces> = fc
  .tuple(fc.array(call, { minLength: 1, maxLength: 8 }), fc.constantFrom(...Object.keys(LAYERS)))
  .map(([made, layers]) => {
    const described = describe(made, LAYERS[layers]!);
    return { made, described, spans: read(...described) };
  });
