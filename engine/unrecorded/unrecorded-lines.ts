import { LedgerWriter } from '../ledger/ledger-writer';
import type { RatedCall } from '../rating/rater';
import { resolvedModel } from '../rating/resolved-model';
import type { Prices } from '../rating/unit-prices';
import { emfLines, type Reading } from '../telemetry/emf';
import { Attributes, UnrecordedMetrics } from '../telemetry/names';

interface LinesConfig {
  readonly namespace: string;
  /** Where there is a table, lines have the price of each kind. */
  readonly ledgerStream?: string;
}

/** A ledger line for each, and lines of the embedded metric format by minute: in total and by source. */
export function unrecordedLines(rated: readonly RatedCall[], { namespace, ledgerStream }: LinesConfig, prices: Prices): string[] {
  const writer = new LedgerWriter([], ledgerStream !== undefined, (call) => resolvedModel(call, prices).title);
  const byMinute = new Map<number, RatedCall[]>();
  for (const each of rated) {
    const minute = each.call.time - (each.call.time % 60_000);
    byMinute.set(minute, [...(byMinute.get(minute) ?? []), each]);
  }
  return [
    ...rated.map((each) => writer.line(each, { outsideMetricWindow: false })),
    ...[...byMinute].flatMap(([minute, of]) => emfLines(namespace, [...readings(of), ...bySource(of)], minute)),
  ];
}

/** A line about questions to AWS that failed. */
export function failedLines(count: number, namespace: string, time: number): string[] {
  return emfLines(namespace, [{ metric: UnrecordedMetrics.FAILED, value: count }], time);
}

function bySource(rated: readonly RatedCall[]): Reading[] {
  const sources = [...new Set(rated.map(({ call }) => call.source!))];
  return sources.flatMap((source) =>
    readings(
      rated.filter(({ call }) => call.source === source),
      { [Attributes.SOURCE]: source },
    ),
  );
}

/** A cost only where something has a price: where nothing has, it is not 0 but unknown. */
function readings(rated: readonly RatedCall[], dimensions: Readonly<Record<string, string>> = {}): Reading[] {
  const priced = rated.filter(({ status }) => status === 'priced');
  const costs = priced.map(({ unitPrices, usage }) => unitPrices!.cost(usage!));
  const sum = (of: 'low' | 'high') => Number(costs.reduce((all, cost) => all + cost[of], 0n)) / 1e12;
  const counts = [
    { metric: UnrecordedMetrics.PRICED, value: priced.length, dimensions },
    { metric: UnrecordedMetrics.UNPRICED, value: rated.length - priced.length, dimensions },
  ];
  return priced.length === 0
    ? counts
    : [
        { metric: UnrecordedMetrics.COST, value: sum('low'), dimensions },
        { metric: UnrecordedMetrics.COST_UNCERTAINTY, value: sum('high') - sum('low'), dimensions },
        ...counts,
      ];
}
