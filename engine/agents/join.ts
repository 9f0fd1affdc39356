import type { CountedCall } from './counted';
import { canBeSameModel } from './model-names';
import type { RecordedCall } from './recorded-call';
import { BEDROCK, type Span, type SpanTokens } from './span';

/** The record of a counted call, and how it was found. */
export interface Join {
  readonly record: RecordedCall;
  readonly by: 'requestId' | 'tokens' | 'time';
  /** Whether another record would have fitted as well: tokens and cost are right, caller and request id are not certain. */
  readonly uncertain: boolean;
}

export interface Joined {
  readonly joins: ReadonlyMap<CountedCall, Join>;
  /** Calls of the log that no trace has. */
  readonly untraced: readonly RecordedCall[];
}

/** A record is of a whole second, and a span can end before its call begins (asynchronous streams of LlamaIndex). */
const TOLERANCE_MS = 1000;

/**
 * Finds the record of each counted call: by request id, else by model, second and tokens, else by model and second where no other
 * record and no other call can be meant. Each record is given away once.
 */
export function joinCalls(calls: readonly CountedCall[], records: readonly RecordedCall[]): Joined {
  const joiner = new CallJoiner(records);
  const byId = calls.map((call) => [call, joiner.byId(call)] as const);
  const joins = joiner.others(byId.flatMap(([call, join]) => (join ? [] : [call])));
  for (const [call, join] of byId) if (join) joins.set(call, join);
  return { joins, untraced: joiner.untraced };
}

/** The same for calls that are not all known at once: first each by its request id, then those that are left. */
export class CallJoiner {
  private readonly left: RecordsLeft;

  constructor(records: readonly RecordedCall[]) {
    this.left = new RecordsLeft(records);
  }

  public get untraced(): readonly RecordedCall[] {
    return this.left.all;
  }

  public byId(call: CountedCall): Join | undefined {
    const record = this.left.takeById(call);
    return record && { record, by: 'requestId', uncertain: false };
  }

  /** @param calls whose records were not found by their ids */
  public others(calls: readonly CountedCall[]): Map<CountedCall, Join> {
    const { left } = this;
    const joins = new Map<CountedCall, Join>();
    const open = calls.filter(canBeOther).sort(shortestFirst);
    for (const call of open) {
      if (!call.tokens) continue;
      const fitting = left.withOutputOf(call).filter((record) => call.spans.some((span) => tokensFit(span, record.tokens)));
      const record = nearest(fitting, call.span);
      if (record) joins.set(call, { record: left.take(record), by: 'tokens', uncertain: fitting.length > 1 });
    }
    left.forgetTaken();
    joinByTime(
      open.filter((call) => !joins.has(call)),
      left,
      joins,
    );
    return joins;
  }
}

/** Whether the record of a call can be found without its request id. */
export const canBeOther = (call: CountedCall): boolean => call.basis === 'model' && canBeOfBedrock(call);

/**
 * Calls whose spans have no tokens, or tokens that no record has (Traceloop writes 1 for a stream of Llama). They are joined where
 * as many records are left as calls of one trace can be meant, so that the sum of the trace is right.
 */
function joinByTime(open: readonly CountedCall[], left: RecordsLeft, joins: Map<CountedCall, Join>): void {
  for (const group of groupsInTime(open)) {
    for (const failed of [true, false]) {
      const calls = group.filter((call) => call.failed === failed && !joins.has(call));
      const candidates = candidatesOf(calls, left, failed);
      if (calls.length !== candidates.size || new Set(calls.map(({ span }) => span.traceId)).size !== 1) continue;
      for (const call of [...calls].sort((one, other) => one.span.start - other.span.start)) {
        const record = left.around(call).find((each) => candidates.has(each));
        if (record) joins.set(call, { record: left.take(record), by: 'time', uncertain: calls.length > 1 });
      }
    }
  }
}

/** The records that can be meant. Where there are more than calls, some of them: then none is joined. */
function candidatesOf(calls: readonly CountedCall[], left: RecordsLeft, failed: boolean): Set<RecordedCall> {
  const candidates = new Set<RecordedCall>();
  for (const call of calls) {
    for (const record of left.around(call)) if (record.failed === failed) candidates.add(record);
    if (candidates.size > calls.length) break;
  }
  return candidates;
}

/** Calls that can be of one model and whose times, with the tolerance, touch. */
function groupsInTime(calls: readonly CountedCall[]): CountedCall[][] {
  const groups: CountedCall[][] = [];
  let end = -Infinity;
  for (const call of [...calls].sort((one, other) => one.span.start - other.span.start)) {
    if (call.span.start > end + 2 * TOLERANCE_MS) groups.push([]);
    groups.at(-1)!.push(call);
    end = Math.max(end, call.span.end);
  }
  return groups.flatMap(byModel);
}

function byModel(calls: readonly CountedCall[]): CountedCall[][] {
  const groups: CountedCall[][] = [];
  for (const call of calls) {
    const group = groups.find(([first]) => canBeSameModel(first!.model, call.model));
    if (group) group.push(call);
    else groups.push([call]);
  }
  return groups;
}

/** The records that no call has taken yet. */
class RecordsLeft {
  private readonly byId = new Map<string, RecordedCall>();
  private sorted: readonly RecordedCall[];
  /** By output tokens, each list in the order of time. */
  private readonly byOutput = new Map<number, RecordedCall[]>();
  private readonly taken = new Set<RecordedCall>();

  constructor(records: readonly RecordedCall[]) {
    const withoutId: RecordedCall[] = [];
    for (const record of records) {
      const { requestId } = record;
      if (requestId === undefined) withoutId.push(record);
      else this.byId.set(requestId, merged(this.byId.get(requestId), record));
    }
    this.sorted = [...this.byId.values(), ...withoutId].sort((one, other) => one.time - other.time);
    for (const record of this.sorted) {
      if (!record.tokens) continue;
      const known = this.byOutput.get(record.tokens.output);
      if (known) known.push(record);
      else this.byOutput.set(record.tokens.output, [record]);
    }
  }

  public get all(): RecordedCall[] {
    return this.sorted.filter((record) => !this.taken.has(record));
  }

  public take(record: RecordedCall): RecordedCall {
    this.taken.add(record);
    return record;
  }

  public takeById({ requestId, spans }: CountedCall): RecordedCall | undefined {
    for (const id of [requestId, ...spans.map((span) => span.requestId)]) {
      const record = id === undefined ? undefined : this.byId.get(id);
      if (record && !this.taken.has(record)) return this.take(record);
    }
    return undefined;
  }

  /** So that they are not looked at again. */
  public forgetTaken(): void {
    this.sorted = this.all;
  }

  /** Those of the model of a call, at the time of it, in the order of their times. */
  public around(call: CountedCall): RecordedCall[] {
    return this.amongst(this.sorted, call);
  }

  /** The same, of those that have as many output tokens as a span of the call. */
  public withOutputOf(call: CountedCall): RecordedCall[] {
    const outputs = new Set(call.spans.flatMap(({ tokens }) => tokens?.output ?? []));
    const found = [...outputs].flatMap((output) => this.amongst(this.byOutput.get(output) ?? [], call));
    return outputs.size > 1 ? found.sort((one, other) => one.time - other.time) : found;
  }

  private amongst(sorted: readonly RecordedCall[], { spans, model }: CountedCall): RecordedCall[] {
    const from = Math.floor(Math.min(...spans.map(({ start }) => start)) / 1000) * 1000 - TOLERANCE_MS;
    const until = Math.max(...spans.map(({ end }) => end)) + TOLERANCE_MS;
    const found: RecordedCall[] = [];
    for (let at = firstFrom(sorted, from); at < sorted.length && sorted[at]!.time <= until; at += 1) {
      const record = sorted[at]!;
      if (!this.taken.has(record) && canBeSameModel(model, record.modelId)) found.push(record);
    }
    return found;
  }
}

function firstFrom(sorted: readonly RecordedCall[], time: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A call can have a record of what it used and one that says that it failed, in any order. */
function merged(known: RecordedCall | undefined, record: RecordedCall): RecordedCall {
  if (!known) return record;
  const used = known.tokens ?? known.cost ?? known.unpriced;
  return { ...(used === undefined ? record : known), failed: known.failed || record.failed };
}

/** Output equal, input equal with or without cached tokens, and cached tokens equal where the span has any. */
function tokensFit({ tokens }: Span, recorded: SpanTokens | undefined): boolean {
  if (!tokens || !recorded || tokens.output !== recorded.output) return false;
  const { input, cacheRead, cacheWrite } = recorded;
  const toldCache = tokens.cacheRead + tokens.cacheWrite > 0;
  if (toldCache && (tokens.cacheRead !== cacheRead || tokens.cacheWrite !== cacheWrite)) return false;
  return tokens.input === input || tokens.input === input + cacheRead + cacheWrite;
}

function nearest(records: readonly RecordedCall[], { start }: Span): RecordedCall | undefined {
  const distance = ({ time }: RecordedCall): number => Math.abs(time + 500 - start);
  return records.reduce<RecordedCall | undefined>((best, each) => (best && distance(best) <= distance(each) ? best : each), undefined);
}

const canBeOfBedrock = ({ provider }: CountedCall): boolean => provider === BEDROCK || provider === 'unknown';

const shortestFirst = ({ span: one }: CountedCall, { span: other }: CountedCall): number =>
  one.end - one.start - (other.end - other.start) || one.start - other.start || (one.spanId < other.spanId ? -1 : 1);
