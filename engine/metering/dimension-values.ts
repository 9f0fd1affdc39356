import { OTHER } from '../telemetry/names';

const HOUR = 3_600_000;

/** Keeps a dimension from growing without bound: the first values of each hour stay, the rest become `other`. */
export class DimensionValues {
  private hour = 0;
  private values = new Map<string, string>();

  /** @param shorten what to show of a value */
  constructor(
    private readonly cap: number,
    private readonly shorten: (raw: string) => string = (raw) => raw,
  ) {}

  /** The value to use in place of `raw`, or undefined if nothing of it can be a dimension value. */
  public of(raw: unknown, now: number): string | undefined {
    if (typeof raw !== 'string') {
      return undefined;
    }
    const hour = Math.floor(now / HOUR);
    if (hour !== this.hour) {
      this.hour = hour;
      this.values = new Map();
    }
    const known = this.values.get(raw);
    if (known !== undefined) {
      return known;
    }
    const value = valid(this.shorten(raw));
    if (value === undefined || this.values.size >= this.cap) {
      return value && OTHER;
    }
    this.values.set(raw, value);
    return value;
  }
}

/** CloudWatch takes 1,024 printable ASCII characters, no colon first, and at least one that is not white. */
function valid(raw: string): string | undefined {
  const value = raw
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/^[\s:]+/, '')
    .trimEnd()
    .slice(0, 1024);
  return value === '' ? undefined : value;
}
