import { CallPricer, type CallPricerProps } from './call-cost';
import { countCalls, type CountedCall } from './counted';
import { CallJoiner, canBeOther, type Join } from './join';
import { nestedCalls } from './nested-calls';
import type { RecordedCall } from './recorded-call';
import type { Span } from './span';
import { treeOf } from './span-tree';
import { TraceGroups } from './trace-groups';
import { runOf, type TraceRun } from './trace-run';

/** Spans that are kept elsewhere, by trace. */
export interface StoredSpans {
  readonly traceIds: Iterable<string>;
  spansOf(traceId: string): readonly Span[];
}

/**
 * The runs of more spans than memory holds, each the same as `runsOf` has it. The spans of a trace are asked for whenever they are
 * needed. In memory are the joins, the calls of traces that have to be counted together, and, while records are looked for, the
 * calls without a request id.
 */
export class StoredRuns {
  /** The calls of the log that no trace has. */
  public readonly untraced: readonly RecordedCall[];
  /** Of traces that were counted together with others. */
  private readonly calls = new Map<string, readonly CountedCall[]>();
  /** By trace and span. */
  private readonly joins = new Map<string, Join>();
  private readonly pricer: CallPricer;

  constructor(
    private readonly spans: StoredSpans,
    records: readonly RecordedCall[],
    pricing: CallPricerProps,
  ) {
    this.pricer = new CallPricer(pricing);
    const joiner = new CallJoiner(records);
    const open: CountedCall[] = [];
    for (const group of this.groups()) {
      if (group.length === 1 && records.length === 0) continue;
      const counted = this.count(group);
      if (group.length > 1) for (const traceId of group) this.calls.set(traceId, counted.get(traceId) ?? []);
      if (records.length === 0) continue;
      for (const call of [...counted.values()].flat()) {
        const join = joiner.byId(call);
        if (join) this.joins.set(keyOf(call), join);
        else if (canBeOther(call)) open.push(call);
      }
    }
    for (const [call, join] of joiner.others(open)) this.joins.set(keyOf(call), join);
    this.untraced = joiner.untraced;
  }

  public run(traceId: string): TraceRun {
    const tree = treeOf(this.spans.spansOf(traceId));
    const calls = this.calls.get(traceId) ?? countCalls(nestedCalls(tree)).get(traceId) ?? [];
    return runOf(
      { traceId, tree, calls },
      calls.map((call) => {
        const join = this.joins.get(keyOf(call));
        return { call, join, cost: this.pricer.cost(call, join) };
      }),
    );
  }

  private groups(): string[][] {
    const groups = new TraceGroups();
    for (const traceId of this.spans.traceIds) groups.add(traceId, this.nested(traceId));
    return groups.all;
  }

  private count(group: readonly string[]): Map<string, CountedCall[]> {
    return countCalls(group.flatMap((traceId) => this.nested(traceId)));
  }

  private nested(traceId: string): ReturnType<typeof nestedCalls> {
    return nestedCalls(treeOf(this.spans.spansOf(traceId)));
  }
}

const keyOf = ({ span }: CountedCall): string => `${span.traceId} ${span.spanId}`;
