import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { savedQueries } from './log-queries';

/** The widgets of queries: a query that is shown on a dashboard says so in its own entry. */
export function tableWidgets(sources: DashboardSources): DashboardWidgetProps[] {
  return savedQueries(sources).flatMap(({ id, title, widget, lines, logGroup, moreLogGroups }) =>
    widget ? [{ id, title, ...widget, queryLines: [...lines], logGroup, moreLogGroups: [...moreLogGroups] }] : [],
  );
}
