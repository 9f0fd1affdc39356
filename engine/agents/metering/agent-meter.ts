import { Duplicates } from '../../rating/duplicates';
import { AgentMetrics } from '../../telemetry/agent-names';
import { CallPricer, type CallPricerProps } from '../call-cost';
import { countTraces, type CountedCall, type CountedTrace } from '../counted';
import type { Span } from '../span';
import { readRuntimeUsage, type RuntimeUsage, usageKey } from '../runtime-usage';
import { spansIn } from '../span-forms';
import { counted, readingsOfCall, readingsOfSpan, timesOfCall } from './agent-readings';
import { AgentDimensions, AgentTotals } from './agent-totals';
import { callLine, callState } from './call-state';
import { durationOf } from './line-text';
import { describesAgents } from './relevant';
import { spanLine } from './span-line';
import { TraceSurroundings } from './surroundings';
import { UsageLines } from './usage-lines';

export interface AgentMeterProps {
  readonly namespace: string;
  /** Attributes that may be dimensions. */
  readonly dimensions: readonly string[];
  readonly dimensionCap: number;
  readonly pricing: CallPricerProps;
  /** Awaited before each batch, where prices can change. */
  readonly prepare?: (now: number) => Promise<void>;
  readonly write: (text: string) => Promise<void>;
  readonly clock: () => number;
}

/**
 * Meters batches of spans. It sees a part of each trace only, so it publishes what needs no more: each tool, each agent, and calls with
 * a request id. What it cannot know yet the join finds out from the lines that it writes here.
 *
 * Everything of a batch is written at its end and at once: a batch that fails leaves nothing behind and can be tried again.
 */
export class AgentMeter {
  private readonly dimensions: AgentDimensions;
  private readonly pricer: CallPricer;
  /** Spans, requests and usage that were metered lately. */
  private readonly seenSpans = new Duplicates();
  private readonly seenRequests = new Duplicates();
  private readonly seenUsage = new Duplicates();

  constructor(private readonly props: AgentMeterProps) {
    this.dimensions = new AgentDimensions(props.dimensions, props.dimensionCap);
    this.pricer = new CallPricer(props.pricing);
  }

  /** @param messages of log events, as text or parsed; of any type, because they are from outside */
  public async meter(messages: Iterable<unknown>): Promise<void> {
    try {
      const now = this.props.clock();
      await this.props.prepare?.(now);
      const text = this.metered(messages, now);
      if (text !== '') await this.props.write(text);
      this.seenSpans.confirm();
      this.seenRequests.confirm();
      this.seenUsage.confirm();
    } catch (error) {
      this.seenSpans.forget();
      this.seenRequests.forget();
      this.seenUsage.forget();
      throw error;
    }
  }

  private metered(messages: Iterable<unknown>, now: number): string {
    const totals = new AgentTotals(this.dimensions, now);
    const found = { spans: [] as Span[], usage: [] as RuntimeUsage[], skipped: 0, malformed: 0 };
    for (const message of messages) collect(message, found);
    const spans = found.spans.filter((span) => this.isNew(span));
    totals.add(now, [
      counted(AgentMetrics.SPANS_READ, found.spans.length, [undefined]),
      counted(AgentMetrics.SPANS_SKIPPED, found.skipped, [undefined]),
      counted(AgentMetrics.SPANS_MALFORMED, found.malformed, [undefined]),
    ]);
    const lines = spans.map((span) => {
      totals.add(span.end, readingsOfSpan(span));
      return spanLine(span);
    });
    for (const trace of countTraces(spans)) lines.push(...this.countAtOnce(trace, totals));
    if (found.usage.length > 0) lines.push(...this.usageLines(found.usage, totals, now));
    lines.push(...totals.lines(this.props.namespace), '');
    return lines.join('\n');
  }

  /** Copies matter only of what is counted by its span. Of others the line is written again, and the join reads it once. */
  private isNew(span: Span): boolean {
    const { role, traceId, spanId } = span;
    return role === 'model' || role === 'step' || this.seenSpans.add(`${traceId} ${spanId} ${durationOf(span)}`);
  }

  private usageLines(all: readonly RuntimeUsage[], totals: AgentTotals, now: number): readonly string[] {
    const usageLines = new UsageLines(this.props.pricing.region, now);
    for (const usage of all) if (this.seenUsage.add(usageKey(usage))) usageLines.add(usage);
    for (const [time, readings] of usageLines.readings) totals.add(time, readings);
    return usageLines.lines;
  }

  private countAtOnce(trace: CountedTrace, totals: AgentTotals): string[] {
    const settled = trace.calls.filter((call) => countsAtOnce(call) && this.seenRequests.add(call.requestId!));
    if (settled.length === 0) return [];
    const surroundings = new TraceSurroundings(trace.tree);
    return settled.map((call) => {
      const estimate = this.pricer.cost(call, undefined);
      const state = callState({ call, surroundings: surroundings.of(call), estimate, cost: estimate });
      totals.add(call.span.end, [...readingsOfCall(state, 1), ...timesOfCall(state)]);
      return callLine(state);
    });
  }
}

/** A request id makes it certain that the call counts, whatever else of its trace comes later. */
const countsAtOnce = ({ requestId, tokens, failed, basis }: CountedCall): boolean =>
  requestId !== undefined && basis === 'model' && (tokens !== undefined || failed);

interface Found {
  readonly spans: Span[];
  readonly usage: RuntimeUsage[];
  skipped: number;
  malformed: number;
}

/** A message that cannot be parsed is a line of the application, unless it looks like a span. */
function collect(message: unknown, found: Found): void {
  let value = message;
  if (typeof message === 'string') {
    try {
      value = JSON.parse(message);
    } catch {
      found[describesAgents(message) ? 'malformed' : 'skipped'] += 1;
      return;
    }
  }
  const spans = spansIn(value).spans.filter(({ role }) => role !== 'other');
  const usage = spans.length === 0 ? readRuntimeUsage(value) : undefined;
  if (usage) found.usage.push(usage);
  else if (spans.length === 0) found.skipped += 1;
  else for (const span of spans) found.spans.push(span);
}
