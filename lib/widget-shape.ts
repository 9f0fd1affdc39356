/**
 * How the answer to a question is drawn.
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
   * Lines over time.
   */
  LINES = 'lines',

  /**
   * Areas over time, one on top of the other.
   */
  STACK = 'stack',

  /**
   * One bar for the total of each metric over the range.
   */
  BARS = 'bars',

  /**
   * The share of each metric in the total over the range.
   */
  PIE = 'pie',

  /**
   * The rows of a query.
   */
  TABLE = 'table',

  /**
   * The groups of a query as bars.
   */
  QUERY_BARS = 'queryBars',

  /**
   * The groups of a query as shares.
   */
  QUERY_PIE = 'queryPie',

  /**
   * The result of a query over time.
   */
  QUERY_LINES = 'queryLines',
}
