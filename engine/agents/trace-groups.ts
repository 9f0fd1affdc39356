import { CLOCK_MS, scopeOf } from './beside';
import type { NestedCall } from './nested-calls';

/** When a trace called models in a service. */
interface Stretch {
  readonly traceId: string;
  readonly from: number;
  readonly until: number;
}

/**
 * Finds out which traces have to be counted together, because one call can be in two of them: those of one service that overlap,
 * where its calls are recorded by different libraries, and those that have a request id in common. Most traces are alone.
 */
export class TraceGroups {
  private readonly services = new Map<string, { readonly scopes: Set<string>; readonly stretches: Stretch[] }>();
  private readonly traceOfId = new Map<string, string>();
  private readonly groups = new Map<string, string[]>();

  public add(traceId: string, calls: readonly NestedCall[]): void {
    this.groups.set(traceId, [traceId]);
    const stretches = new Map<string, Stretch>();
    for (const call of calls) {
      const name = call.spans[0]!.service ?? '';
      const known = stretches.get(name) ?? { traceId, from: Infinity, until: -Infinity };
      stretches.set(name, {
        traceId,
        from: call.spans.reduce((least, { start }) => Math.min(least, start), known.from),
        until: call.spans.reduce((greatest, { end }) => Math.max(greatest, end), known.until),
      });
      this.service(name).scopes.add(scopeOf(call));
      for (const { requestId } of call.spans) {
        const other = requestId === undefined ? undefined : this.traceOfId.get(requestId);
        if (other !== undefined) this.join(other, traceId);
        else if (requestId !== undefined) this.traceOfId.set(requestId, traceId);
      }
    }
    for (const [name, stretch] of stretches) this.service(name).stretches.push(stretch);
  }

  /** Every trace in one group. To be asked for once, when all traces are added. */
  public get all(): string[][] {
    for (const { scopes, stretches } of this.services.values()) if (scopes.size > 1) this.joinOverlapping(stretches);
    return [...new Set(this.groups.values())];
  }

  private service(name: string) {
    const known = this.services.get(name) ?? { scopes: new Set<string>(), stretches: [] };
    this.services.set(name, known);
    return known;
  }

  private joinOverlapping(stretches: readonly Stretch[]): void {
    let last: Stretch | undefined;
    for (const stretch of [...stretches].sort((one, other) => one.from - other.from)) {
      const overlaps = last !== undefined && stretch.from <= last.until + CLOCK_MS;
      if (overlaps) this.join(last!.traceId, stretch.traceId);
      last = overlaps && last!.until > stretch.until ? last : stretch;
    }
  }

  private join(one: string, other: string): void {
    const [first, second] = [this.groups.get(one)!, this.groups.get(other)!];
    if (first === second) return;
    const [larger, smaller] = first.length >= second.length ? [first, second] : [second, first];
    for (const traceId of smaller) {
      larger.push(traceId);
      this.groups.set(traceId, larger);
    }
  }
}
