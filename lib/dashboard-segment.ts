import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from './audience';
import { DashboardSources } from './dashboard-sources';
import { DashboardWidget } from './dashboard-widget';
import { alarmsWidget, tierWidgets } from './private/dashboards/alarms-of-audience';
import { HEIGHTS } from './private/dashboards/audience-traits';
import { libraryWidgets } from './private/dashboards/library-widgets';
import { checkLimits } from './private/dashboards/widget-limits';
import { renderGraphs, RenderOptions, renderNumbers } from './private/dashboards/widget-rendering';
import { requireAboveZero, requireKnown } from './private/validation';
import { TieredAlarms } from './tiered-alarms';

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
   * Names of models and inference profiles by their id in CloudWatch: graphs show each under its name and in a colour of its own.
   * Ids with one name are added up. Tables show the names of the catalogue, which are in the ledger.
   *
   * @default - graphs name the models in use of the large providers, and add up all others
   */
  readonly modelNames?: { [modelId: string]: string };

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
  readonly exclude?: string[];
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

  /**
   * Alarms of which those that concern the audience are shown, by tier: symptoms for operations, money for FinOps, the telemetry for
   * security.
   *
   * @default - no alarms are shown
   */
  readonly tieredAlarms?: TieredAlarms[];

  /**
   * The audiences whose `tieredAlarms` are shown.
   *
   * @default - the audience of the dashboard
   */
  readonly alarmAudiences?: Audience[];
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
    const { audience, sources, monthlyBudgetUsd, modelNames, widgets = [], exclude = [] } = props;
    if (!Object.values(Audience).includes(audience)) {
      throw new Error(`'audience' must be one of ${Object.values(Audience).join(', ')}, got '${audience as string}'`);
    }
    Object.entries({ monthlyBudgetUsd, modelNames, exclude }).forEach(([prop, value]) => requireKnown(prop, value));
    exclude.forEach((id) => requireKnown('exclude', id));
    if (monthlyBudgetUsd !== undefined) {
      requireAboveZero('monthlyBudgetUsd', monthlyBudgetUsd);
    }
    const ofLibrary = libraryWidgets(audience, sources, { monthlyBudgetUsd, modelNames });
    const known = ofLibrary.map(({ id }) => id);
    const unknown = exclude.find((id) => !known.includes(id));
    if (unknown !== undefined) {
      throw new Error(`'exclude' must name widgets of the ${audience} dashboard (${known.join(', ')}), got '${unknown}'`);
    }
    this.dashboardWidgets = [
      ...ofLibrary.filter(({ id }) => !exclude.includes(id)),
      ...widgets.filter(({ audiences }) => audiences.includes(audience)),
    ];
    this.requireWidgets();
    this.options = { textLogged: sources.textLogged ?? true, heights: HEIGHTS[audience], rollUp: sources.rollUp };
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
   * Widgets with the state of the alarms, or none without alarms.
   */
  public alarmWidgets(): cloudwatch.IWidget[] {
    const { audience, alarms = [], tieredAlarms = [], alarmAudiences = [audience] } = this.props;
    return [...tierWidgets(tieredAlarms, alarmAudiences), ...(alarms.length > 0 ? [alarmsWidget(alarms)] : [])];
  }

  private requireWidgets(): void {
    const { audience, sources } = this.props;
    const ids = this.dashboardWidgets.map(({ id }) => id);
    const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
    if (duplicate !== undefined) {
      throw new Error(
        `'widgets' has a widget '${duplicate}', but the ${audience} dashboard has it already: choose another id, or name it in 'exclude'`,
      );
    }
    if (ids.length === 0) {
      throw new Error(
        audience === Audience.AGENTS && !sources.spanLogGroups?.length && !sources.agentLogGroup
          ? `'sources' must have 'spanLogGroups' or 'agentLogGroup' for the ${audience} dashboard, got none`
          : `'exclude' must leave at least one widget on the ${audience} dashboard`,
      );
    }
  }
}
