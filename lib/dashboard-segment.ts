import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from './audience';
import { DashboardSources } from './dashboard-sources';
import { DashboardWidget } from './dashboard-widget';
import { costWidgets } from './private/dashboards/cost-widgets';
import { numberWidgets } from './private/dashboards/number-widgets';
import { tableWidgets } from './private/dashboards/table-widgets';
import { trafficWidgets } from './private/dashboards/traffic-widgets';
import { checkLimits } from './private/dashboards/widget-limits';
import { renderGraphs, RenderOptions, renderNumbers } from './private/dashboards/widget-rendering';

/**
 * Choices about the widgets of dashboards.
 */
export interface DashboardSegmentOptions {
  /**
   * The dollars that may be spent on model calls in a month, drawn as a line.
   *
   * @default - no budget is drawn
   */
  readonly monthlyBudgetUsd?: number;

  /**
   * Widgets of your own, shown to the audiences that they list.
   *
   * @default - the widgets of the library
   */
  readonly widgets?: DashboardWidget[];

  /**
   * The ids of widgets to leave out.
   *
   * @default - none is left out
   */
  readonly without?: string[];

  /**
   * Alarms whose state is shown.
   *
   * @default - no alarm states are shown
   */
  readonly alarms?: cloudwatch.IAlarm[];
}

/**
 * Properties for defining a DashboardSegment.
 */
export interface DashboardSegmentProps extends DashboardSegmentOptions {
  /**
   * Whose questions are answered.
   */
  readonly audience: Audience;

  /**
   * Where the answers come from.
   */
  readonly sources: DashboardSources;
}

/**
 * The widgets for one audience, to be put on any dashboard.
 *
 * Its three methods are what the segments of cdk-monitoring-constructs have, so it can be added to a monitoring facade as it is.
 */
export class DashboardSegment {
  /**
   * What is shown, in order.
   */
  public readonly dashboardWidgets: DashboardWidget[];

  private readonly options: RenderOptions;

  constructor(private readonly props: DashboardSegmentProps) {
    const { audience, sources, monthlyBudgetUsd, widgets = [], without = [] } = props;
    if (!Object.values(Audience).includes(audience)) {
      throw new Error(`'audience' must be one of ${Object.values(Audience).join(', ')}, got '${audience as string}'`);
    }
    if (monthlyBudgetUsd !== undefined && !Token.isUnresolved(monthlyBudgetUsd) && !(monthlyBudgetUsd > 0)) {
      throw new Error(`'monthlyBudgetUsd' must be above 0, got ${monthlyBudgetUsd}`);
    }
    const ours = [
      ...numberWidgets(sources),
      ...costWidgets(sources, monthlyBudgetUsd),
      ...trafficWidgets(sources),
      ...tableWidgets(sources),
    ]
      .filter(({ audiences }) => audiences.includes(audience))
      .map((row) => new DashboardWidget(row));
    const unknown = without.find((id) => !ours.some((widget) => widget.id === id));
    if (unknown !== undefined) {
      const known = ours.map(({ id }) => id).join(', ');
      throw new Error(`'without' must name widgets of the ${audience} dashboard (${known}), got '${unknown}'`);
    }

    this.dashboardWidgets = [
      ...ours.filter(({ id }) => !without.includes(id)),
      ...widgets.filter(({ audiences }) => audiences.includes(audience)),
    ];
    const ids = this.dashboardWidgets.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) {
      throw new Error(
        `'widgets' has a widget '${twice}', but the ${audience} dashboard has it already: choose another id, or name it in 'without'`,
      );
    }
    if (this.dashboardWidgets.length === 0) {
      const hint = audience === Audience.AGENTS ? ": it needs 'spansLogGroup' in 'sources'" : '';
      throw new Error(`the ${audience} dashboard has no widgets${hint}`);
    }
    this.options = { textLogged: sources.textLogged ?? true, rollUp: sources.rollUp };
    checkLimits(this.dashboardWidgets, [...this.summaryWidgets(), ...this.widgets()], sources.rollUp?.length ?? 1);
  }

  /**
   * Single values, with sparklines.
   */
  public summaryWidgets(): cloudwatch.IWidget[] {
    return renderNumbers(this.dashboardWidgets, this.options);
  }

  /**
   * Graphs and tables.
   */
  public widgets(): cloudwatch.IWidget[] {
    return renderGraphs(this.dashboardWidgets, this.options);
  }

  /**
   * The state of the alarms.
   */
  public alarmWidgets(): cloudwatch.IWidget[] {
    const { alarms } = this.props;
    const height = Math.min(2 + Math.ceil((alarms?.length ?? 0) / 6), 8);
    return alarms?.length ? [new cloudwatch.AlarmStatusWidget({ alarms, title: 'Alarms', width: 24, height })] : [];
  }
}
