import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'docs/runbooks';

/** All pages. */
export const PAGES = readdirSync(FOLDER).filter((page) => page !== 'README.md');

/** The commands of a page in their order, with temporary files in a folder of the test. */
export function commandsOf(page: string, folder: string): string {
  const blocks = [...readFileSync(`${FOLDER}/${page}`, 'utf8').matchAll(/^( *)```sh\n([^]*?)^\1```$/gm)];
  return blocks
    .map(([, indent = '', code = '']) => code.replace(new RegExp(`^${indent}`, 'gm'), '').replaceAll('/tmp/', `${folder}/`))
    .join('\n');
}
