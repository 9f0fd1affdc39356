import { Names, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { DashboardSegment, DashboardSegmentProps } from './dashboard-segment';
import { AUDIENCE_TRAITS } from './private/dashboards/audience-traits';
import { newHeader } from './private/dashboards/dashboard-header';
import { dashboardVariables } from './private/dashboards/dashboard-variables';
import { requireSourcesHere } from './private/handed-in';
import { requireKnown } from './private/validation';

/**
 * Properties for defining an AudienceDashboard.
 */
export interface AudienceDashboardProps extends DashboardSegmentProps {
  /**
   * The name of the dashboard. Dashboards are global, so that dashboards in two Regions cannot have the same name.
   *
   * @default - a name made from the path of the construct and the Region
   */
  readonly dashboardName?: string;

  /**
   * The person or team that is responsible for the dashboard. The header names it.
   *
   * @default - no owner is named
   */
  readonly owner?: string;

  /**
   * Links in the header by their text, for example to runbooks.
   *
   * @default - the header links the saved queries only
   */
  readonly links?: { [text: string]: string };

  /**
   * The Regions among which viewers can choose. Alarms and tables show the Region of the stack only.
   *
   * @default - the Region of the stack is shown, without a choice
   */
  readonly regions?: string[];
}

/**
 * The dashboard of one audience: a header, single values, graphs, tables over the ledger, and the state of the alarms.
 */
export class AudienceDashboard extends Construct {
  /**
   * The dashboard.
   */
  public readonly dashboard: cloudwatch.Dashboard;

  /**
   * The widgets that it shows.
   */
  public readonly segment: DashboardSegment;

  constructor(scope: Construct, id: string, props: AudienceDashboardProps) {
    super(scope, id);

    const { audience, dashboardName, regions, sources } = props;
    if (dashboardName !== undefined && !Token.isUnresolved(dashboardName) && !/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName)) {
      throw new Error(`'dashboardName' must be 1 to 255 letters, digits, - or _, got '${dashboardName}'`);
    }
    requireKnown('regions', regions);
    if (regions !== undefined && sources.rollUp !== undefined) {
      throw new Error(
        `'regions' and 'sources.rollUp' exclude each other, got [${regions.join(', ')}]: leave out 'regions' to show the sum of the Regions`,
      );
    }
    requireSourcesHere(this, sources);
    this.segment = new DashboardSegment(props);

    const { region } = Stack.of(this);
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: dashboardName ?? `${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}-${region}`,
      // Widgets keep the period that their question needs: values by day stay values by day at any time range.
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
      defaultInterval: AUDIENCE_TRAITS[audience].timeRange,
      variables: dashboardVariables(this.segment.dashboardWidgets, region, regions),
    });
    this.dashboard.addWidgets(newHeader(props, region));
    for (const widgets of [this.segment.summaryWidgets(), this.segment.widgets(), this.segment.alarmWidgets()]) {
      this.dashboard.addWidgets(...widgets);
    }
  }
}
