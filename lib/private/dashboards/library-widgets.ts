import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidget, DashboardWidgetProps } from '../../dashboard-widget';
import { Attributes } from '../../../engine/telemetry/names';
import { agentWidgets } from './agent-widgets';
import { billWidgets } from './bill-widgets';
import { costWidgets } from './cost-widgets';
import { numberWidgets } from './number-widgets';
import { recordWidgets } from './record-widgets';
import { serviceWidgets } from './service-widgets';
import { statusWidgets } from './status-widgets';
import { tableWidgets } from './table-widgets';
import { useWidgets } from './use-widgets';
import { newContext, WidgetContext, WidgetOptions } from './widget-context';

const WIDGETS: ReadonlyArray<(context: WidgetContext) => DashboardWidgetProps[]> = [
  statusWidgets,
  numberWidgets,
  costWidgets,
  billWidgets,
  serviceWidgets,
  useWidgets,
  recordWidgets,
  agentWidgets,
  ({ sources }) => tableWidgets(sources),
];

/** Every widget of this library for an audience for which there is data, in the order of the dashboard. */
export function libraryWidgets(audience: Audience, sources: DashboardSources, options?: WidgetOptions): DashboardWidget[] {
  const context = newContext(audience, sources, options);
  const { textLogged = true, tokenTypesPublished = true } = sources;
  return WIDGETS.flatMap((widgets) => widgets(context))
    .filter(({ audiences, needsLoggedText }) => audiences.includes(audience) && (textLogged || !needsLoggedText))
    .filter(({ metrics = [] }) => tokenTypesPublished || !metrics.some(isByTokenType))
    .map((props) => new DashboardWidget(props));
}

/** What is not on the dashboard because no text is logged, in the words of the titles. */
export function unknownWithoutText(audience: Audience, sources: DashboardSources): string[] {
  if (sources.textLogged !== false) {
    return [];
  }
  const context = newContext(audience, sources);
  const unknown = WIDGETS.flatMap((widgets) => widgets(context)).flatMap(({ audiences, needsLoggedText, title }) =>
    needsLoggedText && audiences.includes(audience) ? [title.replace(/(,| \().*/, '')] : [],
  );
  return [...new Set(unknown)].map((title) => title.charAt(0).toLowerCase() + title.slice(1));
}

function isByTokenType(metric: cloudwatch.IMetric): boolean {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  return (
    (metricStat?.dimensions?.some(({ name }) => name === Attributes.TOKEN_TYPE) ?? false) ||
    Object.values(mathExpression?.usingMetrics ?? {}).some(isByTokenType)
  );
}
