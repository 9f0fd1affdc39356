const UNITS: ReadonlyArray<readonly [value: number, name: string]> = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** A whole number in six characters at most: 999, 1.23k, 12.3M. */
export function compactNumber(value: number): string {
  for (const [unit, name] of UNITS) {
    // What would be rounded to 1,000 of the smaller unit is one of the greater.
    if (value >= unit * 0.9995) {
      const scaled = value / unit;
      return `${scaled < 9.995 ? scaled.toFixed(2) : scaled < 99.95 ? scaled.toFixed(1) : scaled.toFixed(0)}${name}`;
    }
  }
  return String(value);
}
