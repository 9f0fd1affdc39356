import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MetricSource } from '../../dashboard-sources';
import { DashboardWidget } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { isSearch } from './dashboard-math';
import { RangedNumberWidget } from './ranged-number-widget';
import { rollUp } from './roll-up';

const { NUMBER, TOTAL, LINES, STACK, BARS, PIE, TABLE, QUERY_BARS, QUERY_PIE, QUERY_LINES } = WidgetShape;

/** The grid of a CloudWatch dashboard has 24 columns. */
const COLUMNS = 24;

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface RenderOptions {
  readonly textLogged: boolean;
  readonly rollUp?: MetricSource[];
}

const isNumber = ({ _props: { shape } }: DashboardWidget): boolean => shape === NUMBER || shape === TOTAL;
const isTable = ({ _props: { shape } }: DashboardWidget): boolean => shape === TABLE;

/** The single values, three to six in a row. */
export function renderNumbers(widgets: DashboardWidget[], options: RenderOptions): cloudwatch.IWidget[] {
  const numbers = widgets.filter(isNumber);
  const perRow = Math.min(Math.max(numbers.length, 3), 6);
  const leftEdge = (place: number) => Math.floor((place * COLUMNS) / perRow);
  return numbers.map((widget, index) => {
    const place = index % perRow;
    return render(widget, { width: leftEdge(place + 1) - leftEdge(place), height: 4 }, options);
  });
}

/** Graphs in pairs, a last one without a pair over the whole width, then tables over the whole width. */
export function renderGraphs(widgets: DashboardWidget[], options: RenderOptions): cloudwatch.IWidget[] {
  const graphs = widgets.filter((widget) => !isNumber(widget) && !isTable(widget));
  const unpaired = graphs.length % 2 === 1 ? graphs.length - 1 : undefined;
  return [
    ...graphs.map((widget, index) => render(widget, { width: index === unpaired ? COLUMNS : COLUMNS / 2, height: 6 }, options)),
    ...widgets.filter(isTable).map((widget) => render(widget, { width: COLUMNS, height: 7 }, options)),
  ];
}

function render(widget: DashboardWidget, size: Size, { textLogged, rollUp: sources }: RenderOptions): cloudwatch.IWidget {
  const { id, shape, metrics = [], needsLoggedText } = widget._props;
  if (needsLoggedText && !textLogged) {
    return renderExplanation(widget, size);
  }
  if (shape in QUERY_VIEWS) {
    return renderQuery(widget, size);
  }
  const rolledUp = sources?.length
    ? metrics.flatMap((metric, index) => rollUp(metric, sources, `${startLowerCase(id)}${index}x`))
    : metrics;
  return isNumber(widget) ? renderNumber(widget, rolledUp, size) : renderGraph(widget, rolledUp, size);
}

function renderExplanation({ _props: { title } }: DashboardWidget, size: Size): cloudwatch.IWidget {
  const why = 'Not known: it stands in the logged text, and only metadata is logged here.';
  // The default background differs between versions of the CDK.
  return new cloudwatch.TextWidget({ markdown: `#### ${title}\n${why}`, background: cloudwatch.TextWidgetBackground.SOLID, ...size });
}

function renderQuery({ _props: { title, shape, logGroup, queryLines } }: DashboardWidget, size: Size): cloudwatch.IWidget {
  return new cloudwatch.LogQueryWidget({
    title,
    logGroupNames: [logGroup!.logGroupRef.logGroupName],
    queryLines,
    view: QUERY_VIEWS[shape],
    ...size,
  });
}

function renderNumber(widget: DashboardWidget, metrics: cloudwatch.IMetric[], size: Size): cloudwatch.IWidget {
  const { title, shape } = widget._props;
  const isTotal = shape === TOTAL;
  return new RangedNumberWidget({ title, metrics, sparkline: !isTotal, setPeriodToTimeRange: isTotal, ...size }, startOf(widget));
}

function renderGraph(widget: DashboardWidget, metrics: cloudwatch.IMetric[], size: Size): cloudwatch.IWidget {
  const { title, shape, horizontalAnnotations, maximum, canBeNegative } = widget._props;
  const isOverTime = shape === LINES || shape === STACK;
  return new cloudwatch.GraphWidget({
    title,
    left: metrics,
    start: startOf(widget),
    view: GRAPH_VIEWS[shape],
    setPeriodToTimeRange: isOverTime ? undefined : true,
    stacked: shape === STACK,
    leftAnnotations: horizontalAnnotations,
    leftYAxis: isOverTime ? { min: canBeNegative ? undefined : 0, max: maximum, showUnits: false } : undefined,
    legendPosition: legendPositionOf(metrics),
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

const GRAPH_VIEWS: { [shape in WidgetShape]?: cloudwatch.GraphWidgetView } = {
  [PIE]: cloudwatch.GraphWidgetView.PIE,
  [BARS]: cloudwatch.GraphWidgetView.BAR,
};

/** The legend of a single series is hidden, because the title says what it is. A search can have many series. */
function legendPositionOf(metrics: cloudwatch.IMetric[]): cloudwatch.LegendPosition {
  if (metrics.some(isSearch)) {
    return cloudwatch.LegendPosition.RIGHT;
  }
  return metrics.length === 1 ? cloudwatch.LegendPosition.HIDDEN : cloudwatch.LegendPosition.BOTTOM;
}

function startOf({ _props: { timeRange } }: DashboardWidget): string | undefined {
  return timeRange && `-PT${timeRange.toHours()}H`;
}

/** CloudWatch wants ids of metrics to start with a lower-case letter. */
function startLowerCase(id: string): string {
  return id.charAt(0).toLowerCase() + id.slice(1);
}
