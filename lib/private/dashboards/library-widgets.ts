import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidget } from '../../dashboard-widget';
import { costWidgets } from './cost-widgets';
import { numberWidgets } from './number-widgets';
import { tableWidgets } from './table-widgets';
import { trafficWidgets } from './traffic-widgets';

/** Every widget of this library for which there is data, in the order of dashboards. */
export function libraryWidgets(sources: DashboardSources, monthlyBudgetUsd?: number): DashboardWidget[] {
  return [...numberWidgets(sources), ...costWidgets(sources, monthlyBudgetUsd), ...trafficWidgets(sources), ...tableWidgets(sources)].map(
    (props) => new DashboardWidget(props),
  );
}
