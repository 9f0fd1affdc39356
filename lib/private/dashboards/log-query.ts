import { DashboardWidgetProps } from '../../dashboard-widget';

/** How dashboards show the result of a query. */
type QueryWidget = Pick<DashboardWidgetProps, 'audiences' | 'question' | 'shape' | 'needsLoggedText' | 'width'>;

/** A question that only a Logs Insights query can answer. */
export interface LogQuery {
  /** The id of the saved query and of its widget. */
  readonly id: string;

  readonly title: string;

  /** The commands, which are joined by pipes. */
  readonly lines: readonly string[];

  /** A query without a widget is saved and on no dashboard. */
  readonly widget?: QueryWidget;
}

/** A field as a query names it: Logs Insights wants backticks around names with other characters than these. */
export function field(name: string): string {
  return /^[A-Za-z0-9_.@]+$/.test(name) ? name : `\`${name}\``;
}
