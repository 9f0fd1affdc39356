import { Lazy, Names, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Audience } from './audience';
import { DashboardSegment, DashboardSegmentProps } from './dashboard-segment';
import { AUDIENCE_TRAITS } from './private/dashboards/audience-traits';
import { headerText, newHeader } from './private/dashboards/dashboard-header';
import { dashboardVariables } from './private/dashboards/dashboard-variables';
import { requireSourcesHere } from './private/dashboards/sources-here';
import { requireSameEnvironment } from './private/handed-in';
import { compactJson } from './private/json-text';
import { requireUsable } from './private/usable';
import { requireKnown } from './private/validation';
import { SavedQueries } from './saved-queries';

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

  /**
   * Saved queries to which the header leads, from what they explain.
   *
   * @default - the header leads to no query
   */
  readonly savedQueries?: SavedQueries;
}

/**
 * The dashboard of one audience: a header, single values, the state of the alarms, graphs, and tables over the ledger.
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

  private readonly audience: Audience;
  private readonly dashboardName: string;
  private others: AudienceDashboard[] = [];

  constructor(scope: Construct, id: string, props: AudienceDashboardProps) {
    super(scope, id);

    const { audience, dashboardName, regions, sources } = props;
    if (dashboardName !== undefined && !Token.isUnresolved(dashboardName) && !/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName)) {
      throw new Error(`'dashboardName' must be 1 to 255 letters, digits, - or _, got '${dashboardName}'`);
    }
    requireKnown('regions', regions);
    requireUsable(props);
    if (regions !== undefined && sources.rollUp !== undefined) {
      throw new Error(
        `'regions' and 'sources.rollUp' exclude each other, got [${regions.join(', ')}]: leave out 'regions' to show the sum of the Regions`,
      );
    }
    requireSourcesHere(this, sources, props.widgets);
    requireSameEnvironment(this, 'savedQueries', props.savedQueries?.definitions[0]);
    this.segment = new DashboardSegment(props);

    const { region } = Stack.of(this);
    this.audience = audience;
    this.dashboardName = dashboardName ?? `${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}-${region}`;
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: this.dashboardName,
      // Widgets keep the period that their question needs: values by day stay values by day at any time range.
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
      defaultInterval: AUDIENCE_TRAITS[audience].timeRange,
      variables: dashboardVariables(this.segment.dashboardWidgets, region, regions),
    });
    // The other dashboards are known when all of them are made.
    const text = Lazy.string({ produce: () => headerText(props, region, this.linksToOthers()) });
    const rows = [this.segment.summaryWidgets(), this.segment.alarmWidgets(), this.segment.widgets()];
    this.dashboard.addWidgets(new cloudwatch.Column(newHeader(text), ...rows.map((widgets) => new cloudwatch.Row(...widgets))));
    const resource = this.dashboard.node.defaultChild as cloudwatch.CfnDashboard;
    resource.dashboardBody = compactJson(resource.dashboardBody);
  }

  /**
   * Lets the header lead to other dashboards.
   *
   * @internal
   */
  public _linkTo(dashboards: AudienceDashboard[]): void {
    this.others = dashboards.filter((dashboard) => dashboard !== this);
  }

  private linksToOthers(): string[] {
    return this.others.map(({ audience, dashboardName }) => `[${audience}](#dashboards/dashboard/${dashboardName})`);
  }
}
