import { OTHER } from '../telemetry/names';

const HOUR = 3_600_000;

/** Bounds what a dimension costs: the first values of each hour are shown, further ones become `other`. */
export class DimensionValues {
  private hour = 0;
  /** Values to show by the raw ones that were seen in this hour. */
  private shown = new Map<string, string>();

  /** @param shorten makes of a raw value what is to be shown */
  constructor(
    private readonly cap: number,
    private readonly shorten: (raw: string) => string = (raw) => raw,
  ) {}

  /** The value to show for `raw`, or undefined where it has nothing that can be a dimension value. */
  public of(raw: unknown, now: number): string | undefined {
    if (typeof raw !== 'string') {
      return undefined;
    }
    const hour = Math.floor(now / HOUR);
    if (hour !== this.hour) {
      this.hour = hour;
      this.shown = new Map();
    }
    const known = this.shown.get(raw);
    if (known !== undefined) {
      return known;
    }
    const value = dimensionValue(this.shorten(raw));
    if (value === undefined || this.shown.size >= this.cap) {
      return value && OTHER;
    }
    this.shown.set(raw, value);
    return value;
  }
}

/**
 * CloudWatch takes 1 to 1,024 printable ASCII characters, not all of them white space, and no colon first. Source: CloudWatch
 * API reference, Dimension.
 */
function dimensionValue(text: string): string | undefined {
  const value = text
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/^[\s:]+/, '')
    .trimEnd()
    .slice(0, 1024);
  return value === '' ? undefined : value;
}
