/** Colours of a preview. */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly page: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly accent: string;
  readonly problem: string;
  readonly problemText: string;
  /** For series without a colour of their own. */
  readonly series: readonly string[];
}

const SERIES = ['#3b78c4', '#e07b27', '#2f9e77', '#9467bd', '#d4a017', '#c44e7b', '#4aa8c0', '#8a6d4b', '#7a8794', '#6b8e23'];

export const THEMES: Readonly<Record<Theme['name'], Theme>> = {
  light: {
    name: 'light',
    page: '#f2f4f7',
    card: '#ffffff',
    border: '#d9dfe6',
    text: '#16202b',
    quiet: '#5b6875',
    grid: '#e8ecf1',
    accent: '#1f5fa8',
    problem: '#fdecea',
    problemText: '#a52a1e',
    series: SERIES,
  },
  dark: {
    name: 'dark',
    page: '#0f151c',
    card: '#18212b',
    border: '#2a3643',
    text: '#e6ebf0',
    quiet: '#93a1af',
    grid: '#263240',
    accent: '#7db4f0',
    problem: '#3a1f1d',
    problemText: '#ff9c8f',
    series: SERIES,
  },
};

/** A picture in the dark theme: each colour of the light one has its counterpart, and none is used for anything else. */
export function darkened(svg: string): string {
  const { light, dark } = THEMES;
  const pairs = new Map(
    Object.entries(light).flatMap(([name, color]) => (typeof color === 'string' ? [[color, dark[name as keyof Theme] as string]] : [])),
  );
  return svg.replace(/#[0-9a-f]{6}\b/g, (color) => pairs.get(color) ?? color);
}
