import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidget } from '../../dashboard-widget';
import { costWidgets } from './cost-widgets';
import { numberWidgets } from './number-widgets';
import { Attributes } from '../../../engine/telemetry/names';
import { tableWidgets } from './table-widgets';
import { trafficWidgets } from './traffic-widgets';

/** Every widget of this library for which there is data, in the order of dashboards. */
export function libraryWidgets(sources: DashboardSources, monthlyBudgetUsd?: number): DashboardWidget[] {
  const { tokenTypesPublished = true } = sources;
  return [...numberWidgets(sources), ...costWidgets(sources, monthlyBudgetUsd), ...trafficWidgets(sources), ...tableWidgets(sources)]
    .filter(({ metrics = [] }) => tokenTypesPublished || !metrics.some(isByTokenType))
    .map((props) => new DashboardWidget(props));
}

function isByTokenType(metric: cloudwatch.IMetric): boolean {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  return (
    (metricStat?.dimensions?.some(({ name }) => name === Attributes.TOKEN_TYPE) ?? false) ||
    Object.values(mathExpression?.usingMetrics ?? {}).some(isByTokenType)
  );
}
