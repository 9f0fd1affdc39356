import type { DashboardBody, Variable, Widget } from './dashboard-body';
import { type Markup, markup } from './markup';
import type { Measurement } from './measurement';
import type { FoundDashboard } from './template';
import { renderWidget } from './widget';

/** A dashboard as HTML. */
export interface RenderedDashboard {
  readonly name: string;
  /** What the dashboard calls itself: its first heading, or its name. */
  readonly title: string;
  readonly content: Markup;
  /** What is wrong. */
  readonly problems: readonly Remark[];
  /** What cannot be shown here. */
  readonly notes: readonly Remark[];
}

/** A sentence about a widget. */
export interface Remark {
  readonly dashboard: string;
  readonly widget: string;
  readonly text: string;
}

/** CloudWatch's default, where the body names no time range. */
const DEFAULT_START = '-PT3H';

/** Renders a dashboard from its body, with every variable at its default. */
export function renderDashboard({ name, body }: FoundDashboard, measurement: Measurement): RenderedDashboard {
  const parsed = parse(name, body);
  const { widgets = [], start = DEFAULT_START } = withVariables(parsed, measurement);
  const rendered = widgets.map((widget, index) => ({
    label: widget.properties.title ?? `${widget.type} widget ${index + 1}`,
    ...renderWidget(widget, start, measurement),
  }));
  const remarks = (kind: 'problems' | 'notes') =>
    rendered.flatMap(({ label, [kind]: texts }) => texts.map((text) => ({ dashboard: name, widget: label, text })));
  const unused = unusedVariables(parsed).map(({ id, pattern, property }) => ({
    dashboard: name,
    widget: `variable '${id}'`,
    text: `no widget has '${pattern ?? property}'`,
  }));
  return {
    name,
    title: titleOf(widgets) ?? name,
    content: markup`<div class="dashboard">${rendered.map(({ content }) => content)}</div>`,
    problems: [...unused, ...remarks('problems')],
    notes: remarks('notes'),
  };
}

function titleOf(widgets: readonly Widget[]): string | undefined {
  const heading = /^#+ (.+)$/m.exec(widgets.find(({ type }) => type === 'text')?.properties.markdown ?? '')?.[1];
  return heading?.split(' · ')[0];
}

function parse(name: string, body: string): DashboardBody {
  try {
    return JSON.parse(body) as DashboardBody;
  } catch (error) {
    throw new Error(`the body of the dashboard '${name}' is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

function unusedVariables({ variables = [], ...body }: DashboardBody): Variable[] {
  const text = JSON.stringify(body);
  return variables.filter(({ type, pattern = '', property }) => !text.includes(type === 'pattern' ? pattern : `"${property}"`));
}

/** The body with the pattern of each variable replaced by its default. */
function withVariables({ variables = [], ...body }: DashboardBody, measurement: Measurement): DashboardBody {
  let text = JSON.stringify(body);
  for (const variable of variables) {
    if (variable.type === 'pattern' && variable.pattern !== undefined) {
      text = text.replaceAll(variable.pattern, JSON.stringify(defaultOf(variable, measurement)).slice(1, -1));
    }
  }
  return JSON.parse(text) as DashboardBody;
}

/** `__FIRST` is the first value that the search finds, as in CloudWatch. */
function defaultOf({ search, defaultValue, pattern = '' }: Variable, { metrics, end }: Measurement): string {
  if (defaultValue !== '__FIRST') {
    return defaultValue ?? pattern;
  }
  const month = { starts: [Math.floor(end / 1000) - 30 * 86_400], periodSeconds: 30 * 86_400 };
  const found = search === undefined ? [] : metrics.search(search, 'Sum', month);
  return found[0]?.label ?? pattern;
}
