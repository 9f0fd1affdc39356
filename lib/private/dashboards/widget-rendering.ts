import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MetricSource } from '../../dashboard-sources';
import { DashboardWidget } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { rollUp } from './roll-up';

const { NUMBER, TOTAL, LINES, STACK, BARS, PIE, TABLE, QUERY_BARS, QUERY_PIE, QUERY_LINES } = WidgetShape;

/** CloudWatch's grid has 24 columns. */
const COLUMNS = 24;

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface RenderOptions {
  readonly textLogged: boolean;
  readonly rollUp?: MetricSource[];
}

export const isNumber = ({ _props: { shape } }: DashboardWidget): boolean => shape === NUMBER || shape === TOTAL;
const isTable = ({ _props: { shape } }: DashboardWidget): boolean => shape === TABLE;

/** The single values, in one strip. */
export function renderNumbers(widgets: DashboardWidget[], options: RenderOptions): cloudwatch.IWidget[] {
  const numbers = widgets.filter(isNumber);
  const inRow = Math.min(Math.max(numbers.length, 3), 6);
  const edge = (index: number) => Math.floor((index * COLUMNS) / inRow);
  return numbers.map((widget, index) => {
    const place = index % inRow;
    return render(widget, { width: edge(place + 1) - edge(place), height: 4 }, options);
  });
}

/** Graphs in pairs, then tables over the whole width. */
export function renderGraphs(widgets: DashboardWidget[], options: RenderOptions): cloudwatch.IWidget[] {
  const graphs = widgets.filter((widget) => !isNumber(widget) && !isTable(widget));
  const odd = graphs.length % 2 === 1 ? graphs.length - 1 : undefined;
  return [
    ...graphs.map((widget, index) => render(widget, { width: index === odd ? COLUMNS : COLUMNS / 2, height: 6 }, options)),
    ...widgets.filter(isTable).map((widget) => render(widget, { width: COLUMNS, height: 7 }, options)),
  ];
}

function render(widget: DashboardWidget, size: Size, { textLogged, rollUp: sources }: RenderOptions): cloudwatch.IWidget {
  const {
    id,
    shape,
    title,
    queryLines,
    logGroup,
    metrics = [],
    needsLoggedText,
    timeRange,
    horizontalAnnotations,
    maximum,
    canBeNegative,
  } = widget._props;
  if (needsLoggedText && !textLogged) {
    const why = 'Not known: it stands in the logged text, and only metadata is logged here.';
    return new cloudwatch.TextWidget({ markdown: `#### ${title}\n${why}`, background: cloudwatch.TextWidgetBackground.SOLID, ...size });
  }
  if (queryLines && logGroup) {
    return new cloudwatch.LogQueryWidget({
      title,
      logGroupNames: [logGroup.logGroupName],
      queryLines,
      view: QUERY_VIEWS[shape],
      ...size,
    });
  }
  const drawn = sources?.length ? metrics.flatMap((metric, index) => rollUp(metric, sources, `${lowered(id)}${index}x`)) : metrics;
  const start = timeRange && `-PT${timeRange.toHours()}H`;
  if (shape === NUMBER || shape === TOTAL) {
    const total = shape === TOTAL;
    return new RangedNumber({ title, metrics: drawn, sparkline: !total, setPeriodToTimeRange: total, ...size }, start);
  }
  const searches = drawn.some((metric) => metric instanceof cloudwatch.MathExpression && metric.expression.includes('SEARCH('));
  return new cloudwatch.GraphWidget({
    title,
    left: drawn,
    start,
    view: shape === PIE ? cloudwatch.GraphWidgetView.PIE : shape === BARS ? cloudwatch.GraphWidgetView.BAR : undefined,
    setPeriodToTimeRange: shape === PIE || shape === BARS || undefined,
    stacked: shape === STACK,
    leftAnnotations: horizontalAnnotations,
    leftYAxis: shape === LINES || shape === STACK ? { min: canBeNegative ? undefined : 0, max: maximum, showUnits: false } : undefined,
    // A single line says in its title what it is.
    legendPosition: searches
      ? cloudwatch.LegendPosition.RIGHT
      : drawn.length === 1
        ? cloudwatch.LegendPosition.HIDDEN
        : cloudwatch.LegendPosition.BOTTOM,
    liveData: true,
    ...size,
  });
}

const QUERY_VIEWS: { [shape in WidgetShape]?: cloudwatch.LogQueryVisualizationType } = {
  [TABLE]: cloudwatch.LogQueryVisualizationType.TABLE,
  [QUERY_BARS]: cloudwatch.LogQueryVisualizationType.BAR,
  [QUERY_PIE]: cloudwatch.LogQueryVisualizationType.PIE,
  [QUERY_LINES]: cloudwatch.LogQueryVisualizationType.LINE,
};

/** A single value with its own time range, which the CDK's widget cannot be given. */
class RangedNumber extends cloudwatch.SingleValueWidget {
  constructor(
    props: cloudwatch.SingleValueWidgetProps,
    private readonly start: string | undefined,
  ) {
    super(props);
  }

  public toJson(): unknown[] {
    const [widget] = super.toJson() as Array<{ properties: object }>;
    return [{ ...widget, properties: { ...widget!.properties, ...(this.start !== undefined && { start: this.start }) } }];
  }
}

/** Ids of metrics start with a lower-case letter. */
const lowered = (id: string): string => id.charAt(0).toLowerCase() + id.slice(1);
