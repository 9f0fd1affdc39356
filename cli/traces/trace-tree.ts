import { modelStem } from '../../engine/agents/model-names';
import type { Span } from '../../engine/agents/span';
import type { RunCall, TraceRun } from '../../engine/agents/trace-run';
import { formatUsd } from '../../engine/pricing/usd-text';
import { bold, countOf, formatNumber, printable } from '../terminal';
import type { Flags } from './flags';
import { columns, columnWidths, lineWidth, widthOf, wrapped } from './layout';
import { amountOf, basisOf, cachedOf, named, secondsOf, tokenCells } from './trace-cells';

const LONGEST_INDENT = 20;
const HEAD = ['span', 'seconds', 'input', 'cached', 'output', 'USD', ''];
const NUMBERS = [1, 2, 3, 4, 5];
const LEAST_NAME = 16;

/** A trace as a tree, on lines of a width. */
export function treeLines(run: TraceRun, flags: Flags, width: number): string[] {
  const calls = new Map(run.calls.map((each) => [each.call.span.spanId, each]));
  const { tree } = run.trace;
  const depths = new Map<Span, number>();
  const rows = tree.spans.map((span) => {
    const parent = tree.parentOf(span);
    const depth = parent ? depths.get(parent)! + 1 : 0;
    depths.set(span, depth);
    return rowOf(span, Math.min(depth, LONGEST_INDENT), calls.get(span.spanId), flags).map(printable);
  });
  const notes = notesOf(run, flags).flatMap((note) => wrapped(note, width, '  ', '    '));
  return [...headLines(run, width), ...tableLines(rows, run, width), ...notes];
}

function headLines(run: TraceRun, width: number): string[] {
  const agents = run.agents.length > 0 ? `, ${named(run.agents)}` : '';
  const cost = run.costBasis === 'none' ? 'no cost' : `${amountOf(run)} USD ${basisOf(run)}`;
  const text = `${new Date(run.start).toISOString()}${agents}: ${countOf(run.modelCalls, 'model call')}, ${cost}`;
  const title = `trace ${run.traceId}`;
  if (widthOf(title) + 2 + widthOf(printable(text)) <= width) return [`${bold(title)}  ${printable(text)}`];
  return [bold(title), ...wrapped(text, width, '  ', '    ')];
}

/** Where the remarks do not fit beside a span they are on lines of their own, and names of models are shortened. */
function tableLines(rows: readonly string[][], { trace }: TraceRun, width: number): string[] {
  if (lineWidth(columnWidths({ head: HEAD, rows })) <= width) return columns({ head: HEAD, rows, right: NUMBERS });
  const narrow = rows.map((row, at) => [shortened(row[0]!, trace.tree.spans[at]!), ...row.slice(1, -1)]);
  const head = HEAD.slice(0, -1);
  const widths = columnWidths({ head, rows: narrow });
  const room = width - (lineWidth(widths) - widths[0]!);
  widths[0] = Math.min(widths[0]!, Math.max(LEAST_NAME, room));
  const indented = narrow.map(([name, ...cells]) => [lessIndented(name!, widths[0]!), ...cells]);
  const [first, ...lines] = columns({ head, rows: indented, right: NUMBERS, widths });
  const remark = (at: number): string[] => {
    const text = rows[at]!.at(-1)!;
    const indent = ' '.repeat(4 + indentOf(indented[at]![0]!));
    return text === '' ? [] : wrapped(text, width, indent);
  };
  return [first!, ...lines.flatMap((line, at) => [line, ...remark(at)])];
}

const indentOf = (name: string): number => name.length - name.trimStart().length;

/** However deep a span is, there is room for the beginning of its name. */
const lessIndented = (name: string, width: number): string => {
  const text = name.trimStart();
  return ' '.repeat(Math.min(indentOf(name), Math.max(0, width - Math.min(LEAST_NAME, widthOf(text))))) + text;
};

const shortened = (name: string, { model }: Span): string =>
  model === undefined ? name : name.replace(model, modelStem(model)?.replace(/-20\d{6}$/, '') ?? model);

function rowOf(span: Span, depth: number, counted: RunCall | undefined, flags: Flags): string[] {
  const name = `${'  '.repeat(depth)}${span.name}`;
  const flagged = flags.labelsOf(span.traceId, span.spanId).map((label) => `flagged: ${label}`);
  const remarks = [span.failed ? `failed: ${span.errorType ?? 'error'}` : ''];
  const cells = [name, secondsOf(span.end - span.start)];
  if (!counted) return [...cells, '', '', '', '', [...remarks, ...flagged].filter(Boolean).join(', ')];
  const { cost, call, join } = counted;
  const tokens = cost.tokens ?? call.tokens;
  remarks.push(
    cost.reason ?? '',
    cost.state === 'priced' && cost.basis === 'estimate' ? 'estimate' : '',
    join?.record.caller ?? '',
    ...cost.flags,
    ...flagged,
  );
  return [...cells, ...(tokens ? tokenCells(tokens) : ['', '', '']), amountText(cost), remarks.filter(Boolean).join(', ')];
}

const STATES = { unpriced: 'no price', notBedrock: 'not Bedrock', free: '0' } as const;

const amountText = ({ state, low }: RunCall['cost']): string => (state === 'priced' ? formatUsd(low) : STATES[state]);

function notesOf({ traceId, naiveTokens, tokens, tools, unpriced, notBedrock, cost, loop }: TraceRun, flags: Flags): string[] {
  const counted = tokens.input + cachedOf(tokens) + tokens.output;
  const naive = naiveTokens.input + naiveTokens.output;
  const notes = tools.map(
    ({ name, calls, failed }) => `tool ${name}: ${countOf(calls, 'call')}${failed > 0 ? `, ${formatNumber(failed)} failed` : ''}`,
  );
  if (loop) notes.push(`loop: tool ${loop.tool} was called ${countOf(loop.calls, 'time')} in a row with equal input`);
  if (naive > counted) notes.push(`adding up all spans gives ${formatNumber(naive)} tokens instead of ${formatNumber(counted)}`);
  if (cost.high !== cost.low) notes.push(`the cost is from ${formatUsd(cost.low)} to ${formatUsd(cost.high)} USD`);
  if (unpriced > 0) notes.push(`without a price: ${countOf(unpriced, 'call')}, not in the total`);
  if (notBedrock > 0) notes.push(`not of Bedrock: ${countOf(notBedrock, 'call')}`);
  return [...notes, ...flags.notesOf(traceId)];
}
