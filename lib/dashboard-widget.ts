import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Audience } from './audience';
import { requireUsable } from './private/usable';
import { requireKnown, requireMember } from './private/validation';
import { WidgetShape } from './widget-shape';

/**
 * Properties for defining a DashboardWidget.
 */
export interface DashboardWidgetProps {
  /**
   * The name of the widget, unique on a dashboard. It is used to leave the widget out.
   */
  readonly id: string;

  /**
   * The audiences whose dashboards have the widget.
   */
  readonly audiences: Audience[];

  /**
   * The question that the widget answers.
   */
  readonly question: string;

  /**
   * The title, with the unit of the values.
   */
  readonly title: string;

  /**
   * How the widget shows its data.
   */
  readonly shape: WidgetShape;

  /**
   * The metrics that are shown.
   *
   * @default - the widget shows the result of a query
   */
  readonly metrics?: cloudwatch.IMetric[];

  /**
   * The commands of a Logs Insights query, without SOURCE. Each view of the dashboard runs the query, and CloudWatch bills the bytes that it scans.
   *
   * @default - the widget shows metrics
   */
  readonly queryLines?: string[];

  /**
   * The log group that the query reads.
   *
   * @default - the widget shows metrics
   */
  readonly logGroup?: logs.ILogGroupRef;

  /**
   * Further log groups that the query reads.
   *
   * @default - the query reads one log group
   */
  readonly moreLogGroups?: logs.ILogGroupRef[];

  /**
   * Horizontal lines for targets, thresholds and budgets.
   *
   * @default - there are no lines
   */
  readonly horizontalAnnotations?: cloudwatch.HorizontalAnnotation[];

  /**
   * The time range that the widget shows, up to now, whatever the dashboard shows.
   *
   * @default - the time range of the dashboard
   */
  readonly timeRange?: Duration;

  /**
   * The upper end of the axis, for example 100 for percentages.
   *
   * @default - the axis ends at the highest value
   */
  readonly maximum?: number;

  /**
   * Columns of the grid of a dashboard, which has 24. Single values share their row evenly.
   *
   * @default - 12 for graphs, 24 for tables; the last widget of a row takes what is left of it
   */
  readonly width?: number;

  /**
   * Whether a single value is in the first row of the dashboard, above all others.
   *
   * @default false
   */
  readonly firstRow?: boolean;

  /**
   * Whether values can be below zero. If not, the axis starts at zero.
   *
   * @default false
   */
  readonly canBeNegative?: boolean;

  /**
   * Whether the data exists only where text is logged. If no text is logged, the widget says so instead of showing nothing.
   *
   * @default false
   */
  readonly needsLoggedText?: boolean;
}

/**
 * One widget of a dashboard as a value: its audiences, the question that it answers, its data and its shape.
 */
export class DashboardWidget {
  /**
   * The name of the widget.
   */
  public readonly id: string;

  /**
   * The audiences whose dashboards have the widget.
   */
  public readonly audiences: Audience[];

  /**
   * The question that the widget answers.
   */
  public readonly question: string;

  /** @internal */
  public readonly _props: DashboardWidgetProps;

  constructor(props: DashboardWidgetProps) {
    const { id, audiences, shape, timeRange } = props;
    Object.entries({ id, timeRange, width: props.width, maximum: props.maximum, queryLines: props.queryLines }).forEach(([prop, value]) =>
      requireKnown(prop, value),
    );
    if (audiences.length === 0) {
      throw new Error(`'audiences' of widget '${id}' must name at least one, got none: leave the widget out instead`);
    }
    requireMember('shape', shape, WidgetShape);
    requireUsable(props);
    if (timeRange && !isWholeHours(timeRange)) {
      throw new Error(`'timeRange' of widget '${id}' must be whole hours, at least one, got ${timeRange.toString()}`);
    }
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(id)) {
      throw new Error(`'id' must be letters and digits, starting with a letter, got '${id}'`);
    }
    const unknown = audiences.find((audience) => !Object.values(Audience).includes(audience));
    if (unknown !== undefined) {
      throw new Error(`'audiences' of widget '${id}' must be among ${Object.values(Audience).join(', ')}, got '${unknown as string}'`);
    }
    requireData(props);
    if (props.width !== undefined && !(Number.isInteger(props.width) && props.width >= 1 && props.width <= 24)) {
      throw new Error(`'width' of widget '${id}' must be a whole number from 1 to 24, got ${props.width}`);
    }
    this.id = id;
    this.audiences = audiences;
    this.question = props.question;
    this._props = props;
  }
}

const QUERY_SHAPES = [WidgetShape.TABLE, WidgetShape.QUERY_BARS, WidgetShape.QUERY_PIE, WidgetShape.QUERY_LINES];

/** A widget shows metrics or a query, and its shape decides which. */
function requireData({ id, shape, metrics = [], queryLines = [], logGroup }: DashboardWidgetProps): void {
  if (QUERY_SHAPES.includes(shape)) {
    if (queryLines.length === 0 || logGroup === undefined || metrics.length > 0) {
      throw new Error(`'shape' '${shape}' of widget '${id}' needs 'queryLines' and 'logGroup' and no 'metrics'`);
    }
  } else if (metrics.length === 0 || queryLines.length > 0) {
    throw new Error(`'shape' '${shape}' of widget '${id}' needs 'metrics' and no 'queryLines'`);
  }
}

function isWholeHours(duration: Duration): boolean {
  const hours = duration.toHours({ integral: false });
  return Number.isInteger(hours) && hours >= 1;
}
