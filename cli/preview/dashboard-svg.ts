import type { Measurement } from './measurement';
import { FONT } from './svg';
import type { FoundDashboard } from './template';
import { THEMES } from './theme';
import { type BodyWidget, drawWidget } from './widget-svg';

/** One dashboard, drawn. */
export interface DrawnDashboard {
  readonly name: string;
  readonly svg: string;
  /** What is wrong, by widget. */
  readonly problems: readonly Remark[];
  /** What cannot be shown here, by widget. */
  readonly notes: readonly Remark[];
}

export interface Remark {
  readonly dashboard: string;
  readonly widget: string;
  readonly text: string;
}

interface Body {
  readonly start?: string;
  readonly widgets?: readonly BodyWidget[];
  readonly variables?: ReadonlyArray<{
    readonly type: string;
    readonly id: string;
    readonly pattern?: string;
    readonly property?: string;
    readonly search?: string;
    readonly defaultValue?: string;
  }>;
}

/** CloudWatch's grid has 24 columns; a row is almost as high as a column is wide. */
const COLUMN = 60;
const ROW = 46;
const GAP = 6;
const MARGIN = 16;

/** Draws a dashboard as its body says, in the light theme. */
export function drawDashboard({ name, body }: FoundDashboard, measurement: Measurement): DrawnDashboard {
  const theme = THEMES.light;
  const [parsed, missing] = withVariables(parse(name, body), name, measurement);
  const { widgets = [], start = '-PT3H' } = parsed;
  const height = Math.max(0, ...widgets.map((widget) => widget.y + widget.height)) * ROW + 2 * MARGIN;
  const width = 24 * COLUMN + 2 * MARGIN;

  const problems: Remark[] = [...missing];
  const notes: Remark[] = [];
  const drawn = widgets.map((widget, index) => {
    const box = {
      x: MARGIN + widget.x * COLUMN + GAP / 2,
      y: MARGIN + widget.y * ROW + GAP / 2,
      width: widget.width * COLUMN - GAP,
      height: widget.height * ROW - GAP,
    };
    const result = drawWidget(widget, box, { start, measurement, theme });
    const label = widget.properties.title ?? `${widget.type} widget ${index + 1}`;
    problems.push(...result.problems.map((text) => ({ dashboard: name, widget: label, text })));
    notes.push(...result.notes.map((text) => ({ dashboard: name, widget: label, text })));
    return result.svg;
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}">`,
    `<rect width="${width}" height="${height}" fill="${theme.page}"/>`,
    ...drawn,
    '</svg>',
  ].join('');
  return { name, svg, problems, notes };
}

function parse(name: string, body: string): Body {
  try {
    return JSON.parse(body) as Body;
  } catch (error) {
    throw new Error(`the body of the dashboard '${name}' is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** The body with every variable at its default; a search takes the first value that it finds. */
function withVariables(body: Body, name: string, { metrics, end }: Measurement): [Body, Remark[]] {
  const problems: Remark[] = [];
  let text = JSON.stringify({ ...body, variables: undefined });
  for (const { type, id, pattern, property, search, defaultValue } of body.variables ?? []) {
    const used = type === 'pattern' ? text.includes(pattern ?? '') : text.includes(`"${property}"`);
    if (!used) {
      problems.push({ dashboard: name, widget: `variable '${id}'`, text: `no widget has '${pattern ?? property}'` });
    }
    if (type === 'pattern' && pattern !== undefined) {
      const month = { starts: [Math.floor(end / 1000) - 30 * 86_400], periodSeconds: 30 * 86_400 };
      const found = search === undefined ? [] : metrics.search(search, 'Sum', month);
      const value = defaultValue === '__FIRST' ? (found[0]?.label ?? pattern) : (defaultValue ?? pattern);
      text = text.replaceAll(pattern, JSON.stringify(value).slice(1, -1));
    }
  }
  return [JSON.parse(text) as Body, problems];
}
