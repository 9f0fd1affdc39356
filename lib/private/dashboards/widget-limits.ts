import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DashboardWidget } from '../../dashboard-widget';

// Source: CloudWatch quotas in the Amazon CloudWatch User Guide. The lengths of a SEARCH and of a query are in characters.
const LIMITS = { widgets: 500, metrics: 500, search: 1024, query: 10_000 };

/** Throws where CloudWatch would refuse a dashboard or show only a part of it. */
export function checkLimits(dashboardWidgets: DashboardWidget[], widgets: cloudwatch.IWidget[], regions: number): void {
  if (widgets.length > LIMITS.widgets) {
    throw new Error(
      `'widgets' must make at most ${LIMITS.widgets} widgets of the dashboard, got ${widgets.length}: leave some out with 'exclude'`,
    );
  }
  for (const { id, _props } of dashboardWidgets) {
    for (const expression of (_props.metrics ?? []).flatMap(expressionsOf)) {
      if (expression.includes('SEARCH(') && expression.length > LIMITS.search) {
        throw new Error(`'metrics' of widget '${id}' must have a SEARCH of at most ${LIMITS.search} characters, got ${expression.length}`);
      }
    }
    const query = (_props.queryLines ?? []).join('\n| ');
    if (!Token.isUnresolved(query) && query.length > LIMITS.query) {
      throw new Error(`'queryLines' of widget '${id}' must have at most ${LIMITS.query} characters, got ${query.length}`);
    }
  }
  // The exact number is known only after rendering, which takes time: widgets are rendered only if one could have too many.
  if (
    dashboardWidgets.some(({ _props }) => (_props.metrics ?? []).reduce((sum, metric) => sum + atMost(metric, regions), 0) > LIMITS.metrics)
  ) {
    widgets.forEach(checkMetrics);
  }
}

function checkMetrics(widget: cloudwatch.IWidget): void {
  for (const { properties } of widget.toJson() as Array<{ properties?: { title?: string; metrics?: unknown[] } }>) {
    const count = properties?.metrics?.length ?? 0;
    if (count > LIMITS.metrics) {
      throw new Error(
        `'metrics' of widget '${properties?.title}' must have at most ${LIMITS.metrics} metrics and expressions, got ${count}`,
      );
    }
  }
}

/** An upper bound of the metrics and expressions that a metric is rendered to. */
function atMost(metric: cloudwatch.IMetric, regions: number): number {
  const parts = metric instanceof cloudwatch.MathExpression ? Object.values(metric.usingMetrics) : [];
  return parts.reduce((sum, part) => sum + atMost(part, regions), regions + 1);
}

function expressionsOf(metric: cloudwatch.IMetric): string[] {
  return metric instanceof cloudwatch.MathExpression
    ? [metric.expression, ...Object.values(metric.usingMetrics).flatMap(expressionsOf)].filter((text) => !Token.isUnresolved(text))
    : [];
}
