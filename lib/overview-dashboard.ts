import { Names, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { BedrockMetrics } from './bedrock-metrics';
import { CostMetrics } from './cost-metrics';
import { overviewWidgets } from './private/overview-widgets';
import { renderWidgets } from './private/widget-row';

/**
 * Properties for defining an OverviewDashboard.
 */
export interface OverviewDashboardProps {
  /**
   * The metrics of the cost meter.
   */
  readonly costMetrics: CostMetrics;

  /**
   * The name of the dashboard. Dashboards are global, so two Regions cannot share a name.
   *
   * @default - made from the path of the construct and the Region
   */
  readonly dashboardName?: string;

  /**
   * Alarms whose state is shown at the bottom.
   *
   * @default - no alarm states are shown
   */
  readonly alarms?: cloudwatch.IAlarm[];
}

/**
 * One dashboard with what everybody asks first: cost, tokens, latency, errors, and whether the numbers are complete.
 */
export class OverviewDashboard extends Construct {
  /**
   * The dashboard.
   */
  public readonly dashboard: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, props: OverviewDashboardProps) {
    super(scope, id);

    const { dashboardName } = props;
    if (dashboardName !== undefined && !Token.isUnresolved(dashboardName) && !/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName)) {
      throw new Error(`'dashboardName' must be 1 to 255 letters, digits, - or _, got '${dashboardName}'`);
    }

    const { region } = Stack.of(this);
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: dashboardName ?? `${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}-${region}`,
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
    });
    this.dashboard.addWidgets(
      new cloudwatch.TextWidget({
        markdown: [
          `## Amazon Bedrock in ${region}`,
          'Cost is estimated from the AWS price list at the minute of each call, before discounts of your own. Calls without a price are counted as unpriced and cost nothing here. Batch jobs and the `bedrock-mantle` endpoint write no invocation records and are not included.',
        ].join('\n'),
        background: cloudwatch.TextWidgetBackground.TRANSPARENT,
        width: 24,
        height: 3,
      }),
    );
    const widgets = renderWidgets(overviewWidgets(props.costMetrics, BedrockMetrics.forAccount()), region);
    this.dashboard.addWidgets(...widgets);
    if (props.alarms?.length) {
      this.dashboard.addWidgets(new cloudwatch.AlarmStatusWidget({ alarms: props.alarms, title: 'Alarms', width: 24, height: 3 }));
    }
  }
}
