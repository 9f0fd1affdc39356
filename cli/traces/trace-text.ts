import type { Span } from '../../engine/agents/span';
import type { RunCall, TraceRun } from '../../engine/agents/trace-run';
import { formatUsd } from '../../engine/pricing/usd-text';
import { bold, countOf, formatNumber, printable, table } from '../terminal';
import { cachedOf } from './trace-output';

const LONGEST_INDENT = 20;

/** Traces in one table, a line each. */
export function listText(runs: readonly TraceRun[]): string {
  return table({
    head: ['started', 'trace', 'agents', 'sessions', 'calls', 'errors', 'seconds', 'input', 'cached', 'output', 'USD', ''],
    rows: runs.map((run) => [
      new Date(run.start).toISOString().slice(0, 19),
      run.traceId,
      named(run.agents),
      named(run.sessionIds),
      formatNumber(run.modelCalls),
      formatNumber(run.errors),
      seconds(run.durationMs),
      ...tokensOf(run.tokens),
      amountOf(run),
      basisOf(run),
    ]),
    right: [4, 5, 6, 7, 8, 9, 10],
  });
}

/** Each trace as a tree. */
export const showText = (runs: readonly TraceRun[]): string => runs.map(treeText).join('\n\n');

function treeText(run: TraceRun): string {
  const calls = new Map(run.calls.map((each) => [each.call.span, each]));
  const { tree } = run.trace;
  const depths = new Map<Span, number>();
  const rows = tree.spans.map((span) => {
    const parent = tree.parentOf(span);
    const depth = parent ? depths.get(parent)! + 1 : 0;
    depths.set(span, depth);
    return rowOf(span, Math.min(depth, LONGEST_INDENT), calls.get(span));
  });
  const agents = run.agents.length > 0 ? `, ${named(run.agents)}` : '';
  const cost = run.costBasis === 'none' ? 'no cost' : `${amountOf(run)} USD ${basisOf(run)}`;
  const counted = `${countOf(run.modelCalls, 'model call')}, ${cost}`;
  const head = `${bold(`trace ${run.traceId}`)}  ${printable(`${new Date(run.start).toISOString()}${agents}: ${counted}`)}`;
  return [
    head,
    table({ head: ['span', 'seconds', 'input', 'cached', 'output', 'USD', ''], rows, right: [1, 2, 3, 4, 5] }),
    ...notes(run),
  ].join('\n');
}

function rowOf(span: Span, depth: number, counted: RunCall | undefined): string[] {
  const name = `${'  '.repeat(depth)}${span.name}`;
  const error = span.failed ? `failed: ${span.errorType ?? 'error'}` : '';
  if (!counted) return [name, seconds(span.end - span.start), '', '', '', '', error];
  const { cost, call, join } = counted;
  const tokens = cost.tokens ?? call.tokens;
  const amount =
    cost.state === 'priced' ? formatUsd(cost.low) : cost.state === 'notBedrock' ? 'not Bedrock' : cost.state === 'free' ? '0' : 'no price';
  const remarks = [
    error,
    cost.reason,
    cost.state === 'priced' && cost.basis === 'estimate' ? 'estimate' : '',
    join?.record.caller,
    ...cost.flags,
  ];
  return [name, seconds(span.end - span.start), ...(tokens ? tokensOf(tokens) : ['', '', '']), amount, remarks.filter(Boolean).join(', ')];
}

function notes({ naiveTokens, tokens, tools, unpriced, notBedrock, cost, loop }: TraceRun): string[] {
  const counted = tokens.input + cachedOf(tokens) + tokens.output;
  const naive = naiveTokens.input + naiveTokens.output;
  const lines = tools.map(
    ({ name, calls, failed }) => `tool ${name}: ${countOf(calls, 'call')}${failed > 0 ? `, ${formatNumber(failed)} failed` : ''}`,
  );
  if (loop) lines.push(`loop: tool ${loop.tool} was called ${countOf(loop.calls, 'time')} in a row with equal input`);
  if (naive > counted) lines.push(`adding up all spans gives ${formatNumber(naive)} tokens instead of ${formatNumber(counted)}`);
  if (cost.high !== cost.low) lines.push(`the cost is from ${formatUsd(cost.low)} to ${formatUsd(cost.high)} USD`);
  if (unpriced > 0) lines.push(`without a price: ${countOf(unpriced, 'call')}, not in the total`);
  if (notBedrock > 0) lines.push(`not of Bedrock: ${countOf(notBedrock, 'call')}`);
  return lines.map((line) => `  ${printable(line)}`);
}

/** Tools of all traces together, those that failed most first. */
export function toolsText(runs: readonly TraceRun[]): string {
  const totals = new Map<string, { calls: number; failed: number; traces: number }>();
  for (const { name, calls, failed } of runs.flatMap(({ tools }) => tools)) {
    const total = totals.get(name) ?? { calls: 0, failed: 0, traces: 0 };
    totals.set(name, { calls: total.calls + calls, failed: total.failed + failed, traces: total.traces + 1 });
  }
  const sorted = [...totals].sort(([, one], [, other]) => other.failed - one.failed || other.calls - one.calls);
  return table({
    head: ['tool', 'calls', 'failed', 'traces'],
    rows: sorted.map(([name, { calls, failed, traces }]) => [name, formatNumber(calls), formatNumber(failed), formatNumber(traces)]),
    right: [1, 2, 3],
  });
}

const tokensOf = (tokens: TraceRun['tokens']): string[] => [tokens.input, cachedOf(tokens), tokens.output].map(formatNumber);

const amountOf = ({ costBasis, cost }: TraceRun): string => (costBasis === 'none' ? 'no' : formatUsd(cost.low, 2));

const basisOf = ({ costBasis }: TraceRun): string => (costBasis === 'ledger' ? 'exact' : costBasis === 'estimate' ? 'estimate' : '');

const named = (names: readonly string[]): string =>
  names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
