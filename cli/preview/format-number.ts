const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** A number in few characters: 12.3K, 1,234, 0.0123. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000) {
    return compact.format(value);
  }
  return (size >= 1 || size === 0 ? plain : small).format(value);
}
