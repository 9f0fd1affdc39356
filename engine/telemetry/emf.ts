/** A value to publish. */
export interface Reading {
  readonly metric: string;
  readonly value: number;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Lines of the embedded metric format, one for each set of dimensions. */
export function emfLines(namespace: string, readings: readonly Reading[], timestamp: number): string[] {
  const groups = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = JSON.stringify(reading.dimensions ?? {});
    groups.set(key, [...(groups.get(key) ?? []), reading]);
  }
  return [...groups.values()].map((group) => {
    const dimensions = group[0]?.dimensions ?? {};
    const directive = {
      Namespace: namespace,
      Dimensions: [Object.keys(dimensions)],
      Metrics: group.map(({ metric }) => ({ Name: metric })),
    };
    const values = Object.fromEntries(group.map(({ metric, value }) => [metric, value]));
    return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] }, ...dimensions, ...values });
  });
}
