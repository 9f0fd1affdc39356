/** What a metric was at a moment: one value, or all the values of a minute. */
export interface Reading {
  readonly metric: string;
  readonly value: number | readonly number[];
  /** A unit that CloudWatch knows, for example `Seconds`. It has none for USD. */
  readonly unit?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Limits of one line. Source: CloudWatch User Guide, "Specification: Embedded metric format". */
const MAX_METRICS = 100;
const MAX_VALUES = 100;
const MAX_DIMENSIONS = 30;

/** The largest value, positive or negative. Source: CloudWatch API reference, MetricDatum. */
const MAX_VALUE = 2 ** 360;

/** One line in the making. */
interface Line {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Map<string, Pick<Reading, 'unit' | 'value'>>;
}

/**
 * Writes readings as lines of the embedded metric format: one for each set of dimensions, and more where a set has more
 * metrics, or a metric more values, than a line may hold.
 *
 * A value that CloudWatch does not take, such as infinity, is left out: it would refuse the line, and with it all other metrics.
 */
export function emfLines(namespace: string, readings: readonly Reading[], timestamp: number): string[] {
  const linesByDimensions = new Map<string, Line[]>();
  for (const reading of readings) {
    const dimensions = checkedDimensions(reading);
    const key = JSON.stringify(dimensions);
    const lines = linesByDimensions.get(key) ?? [];
    linesByDimensions.set(key, lines);
    for (const value of portions(reading.value)) {
      lineFor(reading.metric, lines, dimensions).metrics.set(reading.metric, { unit: reading.unit, value });
    }
  }
  return [...linesByDimensions.values()].flat().map((line) => textOf(line, namespace, timestamp));
}

function checkedDimensions({ metric, dimensions = {} }: Reading): Readonly<Record<string, string>> {
  const names = Object.keys(dimensions);
  if (names.length > MAX_DIMENSIONS) {
    throw new Error(
      `'${metric}' has ${names.length} dimensions and CloudWatch takes ${MAX_DIMENSIONS}: leave some out of ${names.join(', ')}`,
    );
  }
  return dimensions;
}

/** A value as it is, or an array in parts that a line may hold; nothing where CloudWatch takes no value of it. */
function portions(value: Reading['value']): ReadonlyArray<Reading['value']> {
  if (typeof value === 'number') {
    return isTaken(value) ? [value] : [];
  }
  const values = value.every(isTaken) ? value : value.filter(isTaken);
  return Array.from({ length: Math.ceil(values.length / MAX_VALUES) }, (_, i) => values.slice(i * MAX_VALUES, (i + 1) * MAX_VALUES));
}

/** False for values that are no numbers, too. */
const isTaken = (value: number): boolean => Math.abs(value) <= MAX_VALUE;

/** The first line that has room for the metric and does not hold a value of it yet. */
function lineFor(metric: string, lines: Line[], dimensions: Line['dimensions']): Line {
  const found = lines.find(({ metrics }) => metrics.size < MAX_METRICS && !metrics.has(metric));
  if (found) {
    return found;
  }
  const line: Line = { dimensions, metrics: new Map() };
  lines.push(line);
  return line;
}

function textOf({ dimensions, metrics }: Line, namespace: string, timestamp: number): string {
  const directive = {
    Namespace: namespace,
    Dimensions: [Object.keys(dimensions)],
    Metrics: [...metrics].map(([Name, { unit }]) => ({ Name, Unit: unit })),
  };
  const values = Object.fromEntries([...metrics].map(([name, { value }]) => [name, value]));
  return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] }, ...dimensions, ...values });
}
