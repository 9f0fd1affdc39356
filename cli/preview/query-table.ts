import type { QueryResult, Value } from '../../local-cloudwatch/logs-insights';
import { formatNumber } from './format-number';
import { type Markup, markup } from './markup';
import { shortLabel } from './short-label';

/** More rows are counted, not shown. */
const MAX_ROWS = 200;

/** The rows of a query as a table. Numbers are aligned at their right ends. */
export function renderTable({ columns, rows }: QueryResult): Markup {
  const shown = rows.slice(0, MAX_ROWS);
  const isNumber = new Map(columns.map((column) => [column, !isTime(column) && shown.some((row) => typeof row.get(column) === 'number')]));
  const cell = (column: string, text: string, tag: Markup) => {
    const style = isNumber.get(column) ? markup` class="number"` : undefined;
    return markup`<${tag}${style}>${text}</${tag}>`;
  };
  return markup`<div class="rows"><table>
<thead><tr>${columns.map((column) => cell(column, column, TH))}</tr></thead>
<tbody>${shown.map((row) => markup`<tr>${columns.map((column) => cell(column, textOf(column, row.get(column)), TD))}</tr>`)}</tbody>
</table>${rows.length > shown.length ? markup`<p class="empty">and ${rows.length - shown.length} more rows</p>` : undefined}</div>`;
}

const TH = markup`th`;
const TD = markup`td`;

const isTime = (column: string): boolean => ['@timestamp', 'hour', 'day'].includes(column) || column.startsWith('bin(');

function textOf(column: string, value: Value): string {
  if (typeof value === 'number') {
    return isTime(column) ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : formatNumber(value);
  }
  return value === undefined ? '' : shortLabel(String(value));
}
