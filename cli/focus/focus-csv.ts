import { FOCUS_COLUMNS } from '../../engine/focus/columns';
import type { Catalogue } from '../../engine/pricing/catalogue';
import { csvOf } from '../tables/csv';
import type { FocusLines } from './focus-lines';

/** The lines of a FOCUS dataset as CSV, in the order of time. */
export function focusCsv(lines: FocusLines, catalogue: Catalogue): string {
  const { unit, columns, tags } = lines.axes;
  const context = { unit, catalogue, tags };
  const rows = lines.all.map((line) => [...FOCUS_COLUMNS.map(({ read }) => read(line, context)), ...line.columns]);
  const period = FOCUS_COLUMNS.findIndex(({ name }) => name === 'ChargePeriodStart');
  rows.sort(({ [period]: one = '' }, { [period]: other = '' }) => (one === other ? 0 : one < other ? -1 : 1));
  return csvOf([[...FOCUS_COLUMNS.map(({ name }) => name), ...columns.map(([name]) => name)], ...rows]);
}
