/** A column as people read it: its head in words, and what is in it. */
export type Column = readonly [head: string, expression: string];

/** A sum of money to the cent. Logs Insights has `floor` and no `round`. */
export const cents = (expression: string): string => `floor((${expression}) * 100 + 0.5) / 100`;

/** The money of single calls, most of which cost less than a cent. */
export const fineUsd = (expression: string): string => `floor((${expression}) * 10000 + 0.5) / 10000`;

/** A number without digits after the point. */
export const whole = (expression: string): string => `floor(${expression} + 0.5)`;

/** The day and the second of a time such as 2026-11-20T15:30:00.000Z. */
export const moment = (time: string): string => `concat(substr(${time}, 0, 10), " ", substr(${time}, 11, 8))`;

/** The columns of a table, by their heads. Heads with other characters than letters are in backticks. */
export function columns(...table: readonly Column[]): string {
  return `fields ${table.map(([head, expression]) => `${expression} as ${quoted(head)}`).join(', ')}`;
}

/** The last commands of a query that shows these columns and no other. */
export function showing(...table: readonly Column[]): string[] {
  return [columns(...table), `display ${table.map(([head]) => quoted(head)).join(', ')}`];
}

export const quoted = (head: string): string => (/^[A-Za-z]+$/.test(head) ? head : `\`${head}\``);
