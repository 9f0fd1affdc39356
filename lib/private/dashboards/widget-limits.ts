import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DashboardWidget } from '../../dashboard-widget';

const LIMITS = { widgets: 500, metrics: 500, search: 1024, query: 10_000 };

/** CloudWatch's limits of a dashboard: beyond them it refuses the body, or draws less than it was given. */
export function checkLimits(rows: DashboardWidget[], widgets: cloudwatch.IWidget[], regions: number): void {
  if (widgets.length > LIMITS.widgets) {
    throw new Error(`a dashboard must have at most ${LIMITS.widgets} widgets, got ${widgets.length}: leave some out with 'without'`);
  }
  for (const { id, _props } of rows) {
    for (const expression of (_props.metrics ?? []).flatMap(expressionsOf)) {
      if (expression.includes('SEARCH(') && expression.length > LIMITS.search) {
        throw new Error(`widget '${id}' must have a SEARCH of at most ${LIMITS.search} characters, got ${expression.length}`);
      }
    }
    const query = (_props.queryLines ?? []).join('\n| ');
    if (!Token.isUnresolved(query) && query.length > LIMITS.query) {
      throw new Error(`widget '${id}' must have a query of at most ${LIMITS.query} characters, got ${query.length}`);
    }
  }
  // Rendering takes its time, and is only needed where there is any chance of too many.
  if (rows.some(({ _props }) => (_props.metrics ?? []).reduce((sum, metric) => sum + atMost(metric, regions), 0) > LIMITS.metrics)) {
    widgets.forEach(checkMetrics);
  }
}

function checkMetrics(widget: cloudwatch.IWidget): void {
  for (const { properties } of widget.toJson() as Array<{ properties?: { title?: string; metrics?: unknown[] } }>) {
    const count = properties?.metrics?.length ?? 0;
    if (count > LIMITS.metrics) {
      throw new Error(`the widget '${properties?.title}' must have at most ${LIMITS.metrics} metrics and expressions, got ${count}`);
    }
  }
}

function atMost(metric: cloudwatch.IMetric, regions: number): number {
  const parts = metric instanceof cloudwatch.MathExpression ? Object.values(metric.usingMetrics) : [];
  return parts.reduce((sum, part) => sum + atMost(part, regions), regions + 1);
}

function expressionsOf(metric: cloudwatch.IMetric): string[] {
  return metric instanceof cloudwatch.MathExpression
    ? [metric.expression, ...Object.values(metric.usingMetrics).flatMap(expressionsOf)].filter((text) => !Token.isUnresolved(text))
    : [];
}
