import { Duration, Names, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Audience } from './audience';
import { DashboardSegment, DashboardSegmentProps } from './dashboard-segment';
import { headerOf } from './private/dashboards/dashboard-text';
import { dashboardVariables } from './private/dashboards/dashboard-variables';

/**
 * Properties for defining an AudienceDashboard.
 */
export interface AudienceDashboardProps extends DashboardSegmentProps {
  /**
   * The name of the dashboard. Dashboards are global, so two Regions cannot share a name.
   *
   * @default - made from the path of the construct and the Region
   */
  readonly dashboardName?: string;

  /**
   * Who answers for what the dashboard shows.
   *
   * @default - no owner is named
   */
  readonly owner?: string;

  /**
   * Links in the header by their text, for example to runbooks.
   *
   * @default - only the saved queries are linked
   */
  readonly links?: { [text: string]: string };

  /**
   * The Regions among which a viewer can choose. Alarms and tables stay with the Region of the stack.
   *
   * @default - the Region of the stack, without a choice
   */
  readonly regions?: string[];
}

/**
 * The dashboard of one audience: a header, single values, graphs, tables from the ledger and the state of the alarms.
 */
export class AudienceDashboard extends Construct {
  /**
   * The dashboard.
   */
  public readonly dashboard: cloudwatch.Dashboard;

  /**
   * What it shows.
   */
  public readonly segment: DashboardSegment;

  constructor(scope: Construct, id: string, props: AudienceDashboardProps) {
    super(scope, id);

    const { audience, dashboardName, regions, sources } = props;
    if (dashboardName !== undefined && !Token.isUnresolved(dashboardName) && !/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName)) {
      throw new Error(`'dashboardName' must be 1 to 255 letters, digits, - or _, got '${dashboardName}'`);
    }
    if (regions !== undefined && sources.rollUp !== undefined) {
      throw new Error("'regions' and 'rollUp' exclude each other: a sum over Regions leaves none to choose");
    }
    this.segment = new DashboardSegment(props);

    const { region } = Stack.of(this);
    const { rollUp } = sources;
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: dashboardName ?? `${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}-${region}`,
      // Each widget has the period that its question needs; a day stays a day at any range.
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
      defaultInterval: RANGES[audience],
      variables: dashboardVariables(this.segment.dashboardWidgets, region, regions),
    });
    this.dashboard.addWidgets(
      new cloudwatch.TextWidget({
        markdown: headerOf(audience, {
          region: rollUp?.length ? rollUp.map((source) => [source.region, source.accountId].filter(Boolean).join(' ')).join(', ') : region,
          owner: props.owner,
          links: props.links ?? {},
          tables: sources.ledgerLogGroup !== undefined,
        }),
        // The default differs between versions of the CDK.
        background: cloudwatch.TextWidgetBackground.SOLID,
        width: 24,
        height: 3,
      }),
    );
    for (const widgets of [this.segment.summaryWidgets(), this.segment.widgets(), this.segment.alarmWidgets()]) {
      this.dashboard.addWidgets(...widgets);
    }
  }
}

/** What each audience looks back at. */
const RANGES: Record<Audience, Duration> = {
  [Audience.EXECUTIVE]: Duration.days(30),
  [Audience.FINOPS]: Duration.days(7),
  [Audience.DEVOPS]: Duration.hours(3),
  [Audience.DEVELOPER]: Duration.days(1),
  [Audience.SECURITY]: Duration.days(7),
  [Audience.AGENTS]: Duration.days(1),
};
