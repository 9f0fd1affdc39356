/**
 * How a widget shows its metrics or the result of its query.
 */
export enum WidgetShape {
  /**
   * The latest value of each metric, with a sparkline.
   */
  NUMBER = 'number',

  /**
   * The total of each metric over the time range of the dashboard.
   */
  TOTAL = 'total',

  /**
   * The latest value of a metric on a dial, coloured by the horizontal annotations that it has passed.
   */
  GAUGE = 'gauge',

  /**
   * Lines over time.
   */
  LINES = 'lines',

  /**
   * Areas over time, stacked.
   */
  STACK = 'stack',

  /**
   * One bar for the total of each metric over the time range.
   */
  BARS = 'bars',

  /**
   * The share of each metric in the total over the time range, as a pie.
   */
  PIE = 'pie',

  /**
   * The result of a query as a table.
   */
  TABLE = 'table',

  /**
   * The result of a query as bars, one for each group.
   */
  QUERY_BARS = 'queryBars',

  /**
   * The result of a query as a pie, with one share for each group.
   */
  QUERY_PIE = 'queryPie',

  /**
   * The result of a query as lines over time.
   */
  QUERY_LINES = 'queryLines',
}
