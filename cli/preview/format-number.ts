const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** A number as people read it: 1,234 and 0.0123. What has more than nine digits is shortened: 1.2B. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000_000_000) {
    return compact.format(value);
  }
  return (size >= 0.01 || size === 0 ? plain : small).format(value);
}
