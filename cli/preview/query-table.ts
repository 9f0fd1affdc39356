import type { QueryResult, Value } from '../../local-cloudwatch/logs-insights';
import { type Box, formatNumber, round, ellipsize, text, widthOf } from './svg';
import type { Theme } from './theme';

const SIZE = 11;
const ROW = 21;

/** Draws the rows of a query, as many as there is room for. */
export function drawTable({ columns, rows }: QueryResult, box: Box, theme: Theme): string {
  const room = Math.max(1, Math.floor((box.height - ROW - 8) / ROW) - 1);
  const shown = rows.slice(0, rows.length > room ? room : room + 1);
  const cells = shown.map((row) => columns.map((column) => cell(column, row.get(column))));
  const numeric = columns.map((column) => shown.some((row) => typeof row.get(column) === 'number' && !isTime(column)));
  const widths = share(
    columns.map((column, index) => Math.max(widthOf(column, SIZE), ...cells.map((row) => widthOf(row[index]!, SIZE))) + 18),
    box.width - 24,
  );
  const parts: string[] = [];
  const line = (values: readonly string[], y: number, color: string, weight: number) => {
    let x = box.x + 12;
    values.forEach((value, index) => {
      const width = widths[index]!;
      const fitting = ellipsize(value, SIZE, width - 8);
      const style = { size: SIZE, color, weight };
      parts.push(numeric[index] ? text(fitting, x + width - 14, y, { ...style, anchor: 'end' }) : text(fitting, x, y, style));
      x += width;
    });
  };
  line(columns, box.y + 14, theme.quiet, 600);
  cells.forEach((row, index) => {
    const y = box.y + 14 + (index + 1) * ROW;
    parts.push(
      `<line x1="${box.x + 12}" x2="${box.x + box.width - 12}" y1="${round(y - 15)}" y2="${round(y - 15)}" stroke="${theme.grid}"/>`,
    );
    line(row, y, theme.text, 400);
  });
  if (rows.length > shown.length) {
    const y = box.y + 14 + (shown.length + 1) * ROW;
    parts.push(text(`and ${rows.length - shown.length} more rows`, box.x + 12, y, { size: SIZE, color: theme.quiet }));
  }
  return parts.join('');
}

const isTime = (column: string): boolean => column === '@timestamp' || column === 'hour' || column === 'day' || column.startsWith('bin(');

function cell(column: string, value: Value): string {
  if (typeof value === 'number') {
    return isTime(column) ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : formatNumber(value);
  }
  // An ARN tells the account and the service of a caller in its first half; the second half is what is read.
  return value === undefined ? '' : String(value).replace(/^arn:aws:sts::\d+:assumed-role\//, '');
}

/** Wide columns give way to narrow ones. */
function share(wanted: readonly number[], room: number): number[] {
  const total = wanted.reduce((sum, width) => sum + width, 0);
  if (total <= room) {
    const extra = (room - total) / wanted.length;
    return wanted.map((width) => width + extra);
  }
  const fair = room / wanted.length;
  const small = wanted.filter((width) => width <= fair).reduce((sum, width) => sum + width, 0);
  const large = wanted.filter((width) => width > fair).reduce((sum, width) => sum + width, 0);
  return wanted.map((width) => (width <= fair ? width : (width / large) * (room - small)));
}
