import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from './audience';
import { DashboardSources } from './dashboard-sources';
import { DashboardWidget } from './dashboard-widget';
import { libraryWidgets } from './private/dashboards/library-widgets';
import { checkLimits } from './private/dashboards/widget-limits';
import { renderGraphs, RenderOptions, renderNumbers } from './private/dashboards/widget-rendering';
import { requireAboveZero, requireKnown } from './private/validation';

/**
 * Choices about the widgets of a dashboard.
 */
export interface DashboardSegmentOptions {
  /**
   * The amount in USD that model calls should not exceed in a month. It is drawn as a line.
   *
   * @default - no budget is drawn
   */
  readonly monthlyBudgetUsd?: number;

  /**
   * Further widgets, each for the dashboards of its audiences.
   *
   * @default - the dashboard has the widgets of the library only
   */
  readonly widgets?: DashboardWidget[];

  /**
   * The ids of widgets to leave out.
   *
   * @default - no widget is left out
   */
  readonly without?: string[];
}

/**
 * Properties for defining a DashboardSegment.
 */
export interface DashboardSegmentProps extends DashboardSegmentOptions {
  /**
   * The audience of the dashboard.
   */
  readonly audience: Audience;

  /**
   * Where the widgets get their data.
   */
  readonly sources: DashboardSources;

  /**
   * Alarms whose state is shown.
   *
   * @default - no alarms are shown
   */
  readonly alarms?: cloudwatch.IAlarmRef[];
}

/**
 * The widgets for one audience, for a dashboard of your own.
 *
 * It has the three methods of a dashboard segment of cdk-monitoring-constructs, and can be added to a monitoring facade.
 */
export class DashboardSegment {
  /**
   * The widgets in their order.
   */
  public readonly dashboardWidgets: DashboardWidget[];

  private readonly options: RenderOptions;

  constructor(private readonly props: DashboardSegmentProps) {
    const { audience, sources, monthlyBudgetUsd, widgets = [], without = [] } = props;
    if (!Object.values(Audience).includes(audience)) {
      throw new Error(`'audience' must be one of ${Object.values(Audience).join(', ')}, got '${audience as string}'`);
    }
    Object.entries({ monthlyBudgetUsd, without }).forEach(([prop, value]) => requireKnown(prop, value));
    if (monthlyBudgetUsd !== undefined) {
      requireAboveZero('monthlyBudgetUsd', monthlyBudgetUsd);
    }
    const ofLibrary = libraryWidgets(sources, monthlyBudgetUsd).filter(({ audiences }) => audiences.includes(audience));
    const known = ofLibrary.map(({ id }) => id);
    const unknown = without.find((id) => !known.includes(id));
    if (unknown !== undefined) {
      throw new Error(`'without' must name widgets of the ${audience} dashboard (${known.join(', ')}), got '${unknown}'`);
    }
    this.dashboardWidgets = [
      ...ofLibrary.filter(({ id }) => !without.includes(id)),
      ...widgets.filter(({ audiences }) => audiences.includes(audience)),
    ];
    this.requireWidgets();
    this.options = { textLogged: sources.textLogged ?? true, rollUp: sources.rollUp };
    checkLimits(this.dashboardWidgets, [...this.summaryWidgets(), ...this.widgets()], sources.rollUp?.length ?? 1);
  }

  /**
   * Widgets with single values and sparklines.
   */
  public summaryWidgets(): cloudwatch.IWidget[] {
    return renderNumbers(this.dashboardWidgets, this.options);
  }

  /**
   * Widgets with graphs and tables.
   */
  public widgets(): cloudwatch.IWidget[] {
    return renderGraphs(this.dashboardWidgets, this.options);
  }

  /**
   * A widget with the state of the alarms, or none without alarms.
   */
  public alarmWidgets(): cloudwatch.IWidget[] {
    const { alarms } = this.props;
    const height = Math.min(2 + Math.ceil((alarms?.length ?? 0) / 6), 8);
    return alarms?.length ? [new cloudwatch.AlarmStatusWidget({ alarms, title: 'Alarms', width: 24, height })] : [];
  }

  private requireWidgets(): void {
    const { audience, sources } = this.props;
    const ids = this.dashboardWidgets.map(({ id }) => id);
    const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
    if (duplicate !== undefined) {
      throw new Error(
        `'widgets' has a widget '${duplicate}', but the ${audience} dashboard has it already: choose another id, or name it in 'without'`,
      );
    }
    if (ids.length === 0) {
      throw new Error(
        audience === Audience.AGENTS && !sources.spansLogGroup
          ? `'sources' must have 'spansLogGroup' for the ${audience} dashboard, got none`
          : `'without' must leave at least one widget on the ${audience} dashboard`,
      );
    }
  }
}
