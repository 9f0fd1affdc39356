// Writes docs/comparison.md (`npm run docs:comparison`): the cost of the same records by us, by litellm and genai-prices, and by
// input and output tokens alone. Needs Python 3.10 or newer and PyPI.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextTokens, NO_USAGE } from '../engine/pricing/token-buckets';
import { PriceEngine } from '../engine/pricing/price-engine';
import { formatUsd } from '../engine/pricing/usd-text';
import { Duplicates } from '../engine/rating/duplicates';
import { Rater, type RatedCall } from '../engine/rating/rater';
import type { Call } from '../engine/records/call';
import { parseRecord } from '../engine/records/parse-record';

const LITELLM = '1.110.2';
const GENAI_PRICES = '0.2.3';

type Counters = Readonly<Record<string, number>>;

interface Row {
  readonly what: string;
  readonly modelId: string;
  readonly at: string;
  readonly input: Counters;
  readonly output: Counters;
  readonly outputBody?: unknown;
}

const cached = (inputTokenCount: number, read: number, written: number): Counters => ({
  inputTokenCount,
  cacheReadInputTokenCount: read,
  cacheWriteInputTokenCount: written,
});
const said = (outputTokenCount: number): Counters => ({ outputTokenCount });
const lifetimes = (m5: number, h1: number) => ({
  usage: { input_tokens: 0, cache_creation: { ephemeral_5m_input_tokens: m5, ephemeral_1h_input_tokens: h1 } },
});

const ROWS: readonly Row[] = [
  { what: 'regional id', modelId: 'anthropic.claude-sonnet-4-6', at: '2026-11-01', input: cached(100_000, 0, 0), output: said(10_000) },
  {
    what: 'agent turn, mostly cached',
    modelId: 'us.anthropic.claude-sonnet-4-6',
    at: '2026-11-01',
    input: cached(1, 32_634, 1190),
    output: said(672),
    outputBody: lifetimes(1190, 0),
  },
  {
    what: 'the same, bodies not logged',
    modelId: 'us.anthropic.claude-sonnet-4-6',
    at: '2026-11-01',
    input: cached(1, 32_634, 1190),
    output: said(672),
  },
  {
    what: 'cache written for an hour',
    modelId: 'global.anthropic.claude-opus-4-6-v1',
    at: '2026-11-01',
    input: cached(0, 0, 8882),
    output: said(1),
    outputBody: lifetimes(0, 8882),
  },
  { what: 'embeddings', modelId: 'amazon.titan-embed-text-v2:0', at: '2026-11-01', input: cached(1_000_000, 0, 0), output: {} },
  {
    what: 'bare id of a model with profiles',
    modelId: 'amazon.nova-2-lite-v1:0',
    at: '2026-11-01',
    input: cached(100_000, 0, 0),
    output: said(10_000),
  },
  { what: 'prompt of 301,016 tokens', modelId: 'openai.gpt-5.5', at: '2026-11-01', input: cached(301_016, 0, 0), output: said(1000) },
  {
    what: 'cached call of GPT, counted gross',
    modelId: 'us.openai.gpt-5.6-sol',
    at: '2026-11-01',
    input: cached(2600, 2000, 400),
    output: said(300),
    outputBody: { usage: { prompt_tokens: 2600, completion_tokens: 300, prompt_tokens_details: { cached_tokens: 2000 } } },
  },
  {
    what: 'served by the flex tier',
    modelId: 'openai.gpt-oss-120b-1:0',
    at: '2026-11-01',
    input: cached(10_000, 0, 0),
    output: said(1000),
    outputBody: { serviceTier: { type: 'flex' } },
  },
];

const REGION = 'us-east-1';
const engine = new PriceEngine();
const rater = new Rater(engine, new Duplicates());

function rate({ modelId, at, input, output, outputBody }: Row): RatedCall {
  const record = {
    schemaType: 'ModelInvocationLog',
    timestamp: `${at}T00:00:00Z`,
    region: REGION,
    operation: 'Converse',
    modelId,
    input,
    output: { ...output, outputBodyJson: outputBody },
  };
  return rater.rate(parseRecord(JSON.stringify(record)) as Call);
}

function ours({ status, reason, usage, unitPrices }: RatedCall): string {
  if (status !== 'priced') return reason ?? status;
  const { low, high } = unitPrices!.cost(usage!);
  return low === high ? formatUsd(low) : `${formatUsd(low)} to ${formatUsd(high)}`;
}

/** Logged input and output at the rates of a short prompt on the global profile, as a first calculation by hand would do. */
function naive({ modelId, at, input, output }: Row): string {
  const base = modelId.replace(/^(us|global)\./, '');
  const query = { region: REGION, tier: 'standard' as const, timestamp: Date.parse(at), contextTokens: 0 };
  const global = engine.quote({ ...query, modelId: `global.${base}` });
  const quote = global.unpriced === undefined ? global : engine.quote({ ...query, modelId: base });
  const { usd } = engine.cost(quote, { ...NO_USAGE, input: input.inputTokenCount ?? 0, output: output.outputTokenCount ?? 0 });
  return usd === undefined ? 'no price' : formatUsd(usd);
}

/** USD by litellm and by genai-prices, for the disjoint counts that we read from the records. */
function others(rated: readonly RatedCall[]): ReadonlyArray<readonly [string, string]> {
  const folder = mkdtempSync(join(tmpdir(), 'comparison-'));
  try {
    execFileSync('python3', ['-m', 'venv', folder]);
    const python = join(folder, 'bin', 'python');
    execFileSync(python, ['-m', 'pip', 'install', '-q', `litellm==${LITELLM}`, `genai-prices==${GENAI_PRICES}`]);
    const calls = rated.map(({ call, usage }) => ({ ...usage, modelId: call.modelId, region: REGION, tier: call.tier, time: call.time }));
    const env = { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: 'True', LITELLM_LOG: 'CRITICAL' };
    const output = execFileSync(python, [join(__dirname, 'comparison.py')], { input: JSON.stringify(calls), env });
    return JSON.parse(output.toString()) as Array<[string, string]>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rated = ROWS.map(rate);
const counts = ({ usage }: RatedCall): string =>
  usage === undefined ? '' : `${contextTokens(usage)} in, of these ${contextTokens(usage) - usage.input} cached; ${usage.output} out`;
const table = others(rated).map(([litellm, genai], i) => {
  const [row, call] = [ROWS[i]!, rated[i]!];
  return [row.what, `\`${row.modelId}\``, counts(call), ours(call), litellm, genai, naive(row)];
});
const header = ['call', 'model', 'tokens', 'ours', `litellm ${LITELLM}`, `genai-prices ${GENAI_PRICES}`, 'naive'];

writeFileSync(
  'docs/comparison.md',
  `# The same records, by four tables

Costs are in USD, for calls in ${REGION} on 2026-11-01. Made by \`npm run docs:comparison\`: ours from the built-in catalogue, as \`replay\` prices the record;
\`cost_per_token\` of litellm with the provider \`bedrock\` and \`calc_price\` of genai-prices with the provider \`aws\`, the newest of PyPI, get the counts
that we read from it; naive multiplies the logged input and output with the rates of a short prompt on the global profile. No figure was compared with an invoice.

${[header, header.map(() => '---'), ...table].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
`,
);
