/** Bounds the memory that texts of callers take. */
const MAX_KNOWN = 5000;

/** Makes dimension values of what records hold, each once. */
export class ValueTexts {
  private readonly known = new Map<string, string | undefined>();

  /** @param shorten makes of a raw value what is to be shown */
  constructor(private readonly shorten: (raw: string) => string = (raw) => raw) {}

  /** The value to show for `raw`, or undefined where it has nothing that can be a dimension value. */
  public of(raw: unknown): string | undefined {
    if (typeof raw !== 'string') {
      return undefined;
    }
    if (!this.known.has(raw)) {
      if (this.known.size >= MAX_KNOWN) {
        this.known.clear();
      }
      this.known.set(raw, dimensionValue(this.shorten(raw)));
    }
    return this.known.get(raw);
  }
}

/**
 * CloudWatch takes 1 to 1,024 printable ASCII characters, not all of them white space, and no colon first. Source: CloudWatch
 * API reference, Dimension.
 */
function dimensionValue(text: string): string | undefined {
  const value = text
    .slice(0, 2048)
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/^[\s:]+/, '')
    .slice(0, 1024)
    .trimEnd();
  return value === '' ? undefined : value;
}
