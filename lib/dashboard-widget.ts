import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Audience } from './audience';
import { WidgetShape } from './widget-shape';

/**
 * Properties for defining a DashboardWidget.
 */
export interface DashboardWidgetProps {
  /**
   * The name by which the widget can be left out; unique on a dashboard.
   */
  readonly id: string;

  /**
   * Whose dashboards have the widget.
   */
  readonly audiences: Audience[];

  /**
   * The question that the widget answers.
   */
  readonly question: string;

  /**
   * The title, with the unit.
   */
  readonly title: string;

  /**
   * How the answer is drawn.
   */
  readonly shape: WidgetShape;

  /**
   * What is drawn.
   *
   * @default - a query is drawn
   */
  readonly metrics?: cloudwatch.IMetric[];

  /**
   * The lines of a Logs Insights query, without SOURCE. Each view of the dashboard runs it once more and is billed by the bytes it scans.
   *
   * @default - metrics are drawn
   */
  readonly queryLines?: string[];

  /**
   * The log group that is queried.
   *
   * @default - metrics are drawn
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * Targets, thresholds and budgets, as horizontal lines.
   *
   * @default - no lines
   */
  readonly horizontalAnnotations?: cloudwatch.HorizontalAnnotation[];

  /**
   * The time that the widget shows up to now, whatever the dashboard shows.
   *
   * @default - the time range of the dashboard
   */
  readonly timeRange?: Duration;

  /**
   * The highest value that the metrics can have, for example 100 for percentages.
   *
   * @default - the axis ends where the metrics do
   */
  readonly maximum?: number;

  /**
   * Whether values can be below zero. Otherwise the axis starts there.
   *
   * @default false
   */
  readonly canBeNegative?: boolean;

  /**
   * Whether the metrics exist only where text is logged. Where it is not, the widget says so.
   *
   * @default false
   */
  readonly needsLoggedText?: boolean;
}

/**
 * One widget: who asks, what is asked, where the answer comes from and how it is drawn.
 */
export class DashboardWidget {
  /**
   * The name by which the widget can be left out.
   */
  public readonly id: string;

  /**
   * Whose dashboards have the widget.
   */
  public readonly audiences: Audience[];

  /**
   * The question that the widget answers.
   */
  public readonly question: string;

  /** @internal */
  public readonly _props: DashboardWidgetProps;

  constructor(props: DashboardWidgetProps) {
    const { id, audiences, metrics = [], queryLines = [], shape } = props;
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(id)) {
      throw new Error(`'id' must be letters and digits, starting with a letter, got '${id}'`);
    }
    for (const audience of audiences) {
      if (!Object.values(Audience).includes(audience)) {
        throw new Error(`'audiences' of widget '${id}' must be among ${Object.values(Audience).join(', ')}, got '${audience as string}'`);
      }
    }
    const needsQuery = QUERY_SHAPES.includes(shape);
    if (
      needsQuery
        ? queryLines.length === 0 || props.logGroup === undefined || metrics.length > 0
        : metrics.length === 0 || queryLines.length > 0
    ) {
      throw new Error(
        `widget '${id}' of shape '${shape}' must have ${needsQuery ? "'queryLines' and 'logGroup' and no 'metrics'" : "'metrics' and no 'queryLines'"}`,
      );
    }
    this.id = id;
    this.audiences = audiences;
    this.question = props.question;
    this._props = props;
  }
}

const QUERY_SHAPES = [WidgetShape.TABLE, WidgetShape.QUERY_BARS, WidgetShape.QUERY_PIE, WidgetShape.QUERY_LINES];
