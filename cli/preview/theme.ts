/** The colours of the page, light and dark. Browsers take the ones that the reader's system asks for. */
const COLORS = {
  page: ['#f2f4f7', '#0f151c'],
  card: ['#ffffff', '#18212b'],
  border: ['#d9dfe6', '#2a3643'],
  text: ['#16202b', '#e6ebf0'],
  quiet: ['#5b6875', '#93a1af'],
  grid: ['#e8ecf1', '#263240'],
  accent: ['#1f5fa8', '#7db4f0'],
  problem: ['#fdecea', '#3a1f1d'],
  problemText: ['#a52a1e', '#ff9c8f'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

type ColorName = keyof typeof COLORS;

/** Declares the colours as variables of CSS. */
export function colorVariables(theme: 'light' | 'dark'): string {
  const index = theme === 'light' ? 0 : 1;
  return Object.entries(COLORS)
    .map(([name, pair]) => `--${name}: ${pair[index]};`)
    .join(' ');
}

/** A colour for styles and for attributes of SVG. */
export const color = (name: ColorName): string => `var(--${name})`;

/** Colours of series that have none of their own. They are legible on light and on dark cards. */
const SERIES = ['#3b78c4', '#e07b27', '#2f9e77', '#9467bd', '#d4a017', '#c44e7b', '#4aa8c0', '#8a6d4b', '#7a8794', '#6b8e23'];

/** The colour that a dashboard body asks for, if it is one, or the next of the palette. */
export function seriesColor(wanted: string | undefined, index: number): string {
  return wanted !== undefined && /^#[0-9a-f]{3,8}$/i.test(wanted) ? wanted : SERIES[index % SERIES.length]!;
}
