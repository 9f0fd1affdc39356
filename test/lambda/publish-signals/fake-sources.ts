import type { SignalSources } from '../../../lambda/publish-signals/signal';
import type { MetricQuery, Points, QueryRow } from '../../../lambda/shared/sources';

type Value = (query: MetricQuery, start: number) => number | undefined;

/** Sources whose values follow from the metric and the start of the period. */
export class FakeSources implements SignalSources {
  public readonly queries: Array<{ logGroup: string | readonly string[]; query: string; from: number; to: number }> = [];

  constructor(
    private readonly value: Value = () => undefined,
    private readonly models: readonly string[] = [],
    private readonly answer: (query: string, from: number, to: number) => readonly QueryRow[] = () => [],
  ) {}

  public series(query: MetricQuery, from: number, to: number): Promise<Points> {
    const step = query.periodSeconds * 1000;
    const points = new Map<number, number>();
    for (let start = Math.floor(from / step) * step; start < to; start += step) {
      const value = this.value(query, start);
      if (value !== undefined) {
        points.set(start, value);
      }
    }
    return Promise.resolve(points);
  }

  public async seriesBy(
    dimension: string,
    query: Omit<MetricQuery, 'dimensions'>,
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, Points>> {
    const all = this.models.map(
      async (model) => [model, await this.series({ ...query, dimensions: { [dimension]: model } }, from, to)] as const,
    );
    return new Map((await Promise.all(all)).filter(([, points]) => points.size > 0));
  }

  public deliveryLogGroup(): Promise<string | undefined> {
    return Promise.resolve('invocations');
  }

  public rows(logGroup: string | readonly string[], query: string, from: number, to: number): Promise<readonly QueryRow[]> {
    this.queries.push({ logGroup, query, from, to });
    return Promise.resolve(this.answer(query, from, to));
  }
}
