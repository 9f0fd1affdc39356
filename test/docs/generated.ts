import { readFileSync, writeFileSync } from 'node:fs';

/** The table below a mark of a page, `<!-- mark -->`. UPDATE_DOCS=1 writes the given one there first. */
export function tableBelow(file: string, mark: string, table: string): string {
  const start = `<!-- ${mark} -->\n\n`;
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(start);
  const end = rest.search(/\n\n|\n?$/);
  if (process.env.UPDATE_DOCS) {
    writeFileSync(file, `${before}${start}${table}${rest.slice(end)}`);
    return table;
  }
  return rest.slice(0, end);
}
