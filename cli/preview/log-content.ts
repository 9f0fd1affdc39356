import { IS_LEDGER } from '../../engine/ledger/members';
import { type LogRow, type QueryResult, runQuery } from '../../local-cloudwatch/logs-insights';
import { renderBars } from './bars';
import type { Share } from './chart-data';
import { secondsOf, type Widget } from './dashboard-body';
import { renderTable } from './query-table';
import { renderShares } from './shares';
import type { WidgetContent, WidgetContext } from './widget-content';

/** Runs the query of a widget over the ledger, the only log group whose lines can be made of invocation records. */
export function logContent({ properties }: Widget, { start, measurement, room }: WidgetContext): WidgetContent {
  const { query = '', view = 'table' } = properties;
  const sources = [...query.matchAll(/SOURCE '([^']*)'/g)].map(([, name]) => name);
  const body = query.replace(/^(?:\s*SOURCE '[^']*'\s*\|?)+/, '').trim();
  const from = measurement.end - secondsOf(properties.start ?? start) * 1000;
  const isInTime = (row: LogRow) => Number(row.get('@timestamp')) >= from;
  const isLedger = body.includes(IS_LEDGER);
  const result = runQuery(body, isLedger ? measurement.ledger.filter(isInTime) : []);
  const notes = isLedger ? [] : [`the content of ${sources.join(', ')} is not simulated`];
  if (view === 'table') {
    return { content: renderTable(result), notes };
  }
  const shares = sharesOf(result);
  return { content: view === 'pie' ? renderShares(shares, room) : renderBars(shares), notes };
}

/** The groups of a query as a chart shows them: named by their texts, as large as their first number. */
function sharesOf({ columns, rows }: QueryResult): Share[] {
  return rows.flatMap((row) => {
    const values = columns.map((column) => row.get(column));
    const value = values.find((each) => typeof each === 'number');
    return value === undefined ? [] : [{ label: values.filter((each) => typeof each === 'string').join(' '), value }];
  });
}
