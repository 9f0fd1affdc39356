import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MetricSource } from '../../dashboard-sources';
import { DashboardWidget } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { RangedNumberWidget } from './ranged-number-widget';
import { rollUp } from './roll-up';
import { COLUMNS, inRows, Placed, shareRow } from './rows';
import { isSearch } from './search';

const { NUMBER, TOTAL, GAUGE, LINES, STACK, BARS, PIE, TABLE, QUERY_BARS, QUERY_PIE, QUERY_LINES } = WidgetShape;

/** Rows of the grid, of about 50 pixels. Source: what the CloudWatch console draws on a screen of 1920 pixels. */
export interface Heights {
  readonly gauge: number;
  readonly number: number;
  readonly graph: number;
  readonly table: number;
}

export interface RenderOptions {
  readonly textLogged: boolean;
  readonly heights: Heights;
  readonly rollUp?: MetricSource[];
}

const isNumber = ({ _props: { shape } }: DashboardWidget): boolean => [NUMBER, TOTAL, GAUGE].includes(shape);
const isFirstRow = (widget: DashboardWidget): boolean => isNumber(widget) && (widget._props.firstRow ?? false);
const isWide = ({ _props: { width = COLUMNS } }: DashboardWidget): boolean => width === COLUMNS;
const isTable = ({ _props: { shape } }: DashboardWidget): boolean => shape === TABLE;

/** The first row, then the single values, at most six in a row. */
export function renderNumbers(widgets: DashboardWidget[], options: RenderOptions): cloudwatch.IWidget[] {
  const first = widgets.filter(isFirstRow);
  const numbers = widgets.filter((widget) => isNumber(widget) && !isFirstRow(widget));
  const { gauge, number } = options.heights;
  return [...shareRow(first, first.length), ...shareRow(numbers, Math.min(numbers.length, 6))].map((placed) =>
    render(placed, isFirstRow(placed.widget) ? gauge : number, options),
  );
}

/** Graphs, then tables, each as wide as it says; rows are filled to their ends. */
export function renderGraphs(widgets: DashboardWidget[], options: RenderOptions): cloudwatch.IWidget[] {
  const graphs = widgets.filter((widget) => !isNumber(widget) && !isTable(widget));
  // Tables that share a row stand together, before those that need one each.
  const tables = widgets.filter(isTable).sort((a, b) => Number(isWide(a)) - Number(isWide(b)));
  return [
    ...inRows(graphs, COLUMNS / 2).map((placed) => render(placed, options.heights.graph, options)),
    ...inRows(tables, COLUMNS).map((placed) => render(placed, options.heights.table, options)),
  ];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function render({ widget, width }: Placed, height: number, { textLogged, rollUp: sources }: RenderOptions): cloudwatch.IWidget {
  const { id, shape, metrics = [], needsLoggedText } = widget._props;
  const size = { width, height };
  if (needsLoggedText && !textLogged) {
    return renderExplanation(widget, size);
  }
  if (shape in QUERY_VIEWS) {
    return renderQuery(widget, size);
  }
  const rolledUp = sources?.length ? rollUp(metrics, sources, startLowerCase(id)) : metrics;
  if (shape === GAUGE) {
    return renderGauge(widget, rolledUp, size);
  }
  return isNumber(widget) ? renderNumber(widget, rolledUp, size) : renderGraph(widget, rolledUp, size);
}

function renderExplanation({ _props: { title } }: DashboardWidget, size: Size): cloudwatch.IWidget {
  const why = 'Not known: it is part of the logged text, and only metadata is logged here.';
  // The default background differs between versions of the CDK.
  return new cloudwatch.TextWidget({ markdown: `#### ${title}\n${why}`, background: cloudwatch.TextWidgetBackground.SOLID, ...size });
}

function renderQuery(
  { _props: { title, shape, logGroup, moreLogGroups = [], queryLines } }: DashboardWidget,
  size: Size,
): cloudwatch.IWidget {
  return new cloudwatch.LogQueryWidget({
    title,
    logGroupNames: [logGroup!, ...moreLogGroups].map(({ logGroupRef }) => logGroupRef.logGroupName),
    queryLines,
    view: QUERY_VIEWS[shape],
    ...size,
  });
}

function renderGauge(widget: DashboardWidget, metrics: cloudwatch.IMetric[], size: Size): cloudwatch.IWidget {
  const { title, horizontalAnnotations, maximum, timeRange } = widget._props;
  return new cloudwatch.GaugeWidget({
    title,
    metrics,
    annotations: horizontalAnnotations,
    leftYAxis: { min: 0, max: maximum ?? 100 },
    start: startOf(widget),
    // Over a day the value is that of the last 24 hours; over a month, that of the running day.
    setPeriodToTimeRange: timeRange !== undefined && timeRange.toDays() <= 1 ? true : undefined,
    liveData: true,
    ...size,
  });
}

function renderNumber(widget: DashboardWidget, metrics: cloudwatch.IMetric[], size: Size): cloudwatch.IWidget {
  const { title, shape } = widget._props;
  const isTotal = shape === TOTAL;
  const options = { sparkline: !isTotal, setPeriodToTimeRange: isTotal, fullPrecision: true };
  return new RangedNumberWidget({ title, metrics, ...options, ...size }, startOf(widget));
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
    legendPosition: legendPositionOf(metrics, shape),
    // A period that is not over would be drawn as a fall.
    liveData: !isOverTime,
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

/** More entries than these do not fit below a graph. */
const MAX_BELOW = 5;

/** The legend of a single series is hidden, because the title says what it is. A search can have many series. */
function legendPositionOf(metrics: cloudwatch.IMetric[], shape: WidgetShape): cloudwatch.LegendPosition {
  if (shape === PIE || metrics.length > MAX_BELOW || metrics.some(isSearch)) {
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
