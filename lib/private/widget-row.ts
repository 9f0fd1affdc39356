import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { TokenType } from '../cost-metrics';

/** How a widget is drawn. */
export enum WidgetShape {
  NUMBER,
  LINES,
  STACK,
}

/** One widget of a dashboard: the question it answers and where the answer comes from. */
export interface WidgetRow {
  readonly question: string;
  readonly title: string;
  readonly shape: WidgetShape;
  readonly metrics: cloudwatch.IMetric[];
}

/** A token type has the same name and colour on every dashboard. */
export const TOKEN_STYLE: Record<TokenType, { readonly label: string; readonly color: string }> = {
  [TokenType.INPUT]: { label: 'Input', color: cloudwatch.Color.BLUE },
  [TokenType.OUTPUT]: { label: 'Output', color: cloudwatch.Color.ORANGE },
  [TokenType.CACHE_READ]: { label: 'Cache read', color: cloudwatch.Color.GREEN },
  [TokenType.CACHE_WRITE]: { label: 'Cache write', color: cloudwatch.Color.PURPLE },
  [TokenType.UNITS]: { label: 'Images, seconds, search units', color: cloudwatch.Color.BROWN },
};

/** Draws rows on CloudWatch's 24-column grid: four numbers or two graphs side by side. */
export function renderWidgets(rows: WidgetRow[], region: string): cloudwatch.IWidget[] {
  return rows.map((row) => {
    const common = { title: row.title, region };
    if (row.shape === WidgetShape.NUMBER) {
      return new cloudwatch.SingleValueWidget({ ...common, metrics: row.metrics, sparkline: true, width: 6, height: 4 });
    }
    return new cloudwatch.GraphWidget({
      ...common,
      left: row.metrics,
      stacked: row.shape === WidgetShape.STACK,
      leftYAxis: { min: 0, showUnits: false },
      liveData: true,
      width: 12,
      height: 6,
    });
  });
}
