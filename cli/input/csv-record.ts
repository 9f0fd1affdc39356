import { areParts, isRecordColumn, type WrappedRecord } from './record-forms';
import { NO_RECORD_COLUMN } from './reasons';
import { isBase64 } from './text-of-record';
import { timeOf } from './time';

/** The record of a row of CSV, or why it has none. */
export interface RowContent {
  readonly wrapped?: WrappedRecord;
  readonly reason: string;
  readonly received?: number;
}

export function contentOf(cells: readonly string[], header: readonly string[]): RowContent {
  const isOfParts = areParts(header);
  const record = isOfParts ? undefined : recordIn(cells[header.findIndex(isRecordColumn)], cells);
  const received = cells
    .filter((cell) => cell !== record)
    .map(timeOf)
    .find(Boolean);
  const reason = isOfParts || header.some((name) => name.startsWith('@')) ? NO_RECORD_COLUMN : 'not JSON';
  return { wrapped: record === undefined ? undefined : { record, received }, reason, received };
}

/** Labels of Loki are JSON as well. */
const NAMES_MODEL = /"(?:schemaType|modelId)"/;

/** The column of records if it has JSON; else the first with the JSON of a record, with any JSON, or with Base64. */
function recordIn(named: string | undefined, cells: readonly string[]): string | undefined {
  if (named !== undefined && isJson(named)) return named;
  const json = cells.filter(isJson);
  return json.find((cell) => NAMES_MODEL.test(cell)) ?? json[0] ?? cells.find(isBase64) ?? named;
}

const isJson = (cell: string): boolean => cell.trimStart().startsWith('{');
