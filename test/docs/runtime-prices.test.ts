import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_PRICES, type RuntimePrice } from '../../engine/agents/runtime-prices';

const PAGE = join(__dirname, '..', '..', 'docs', 'agents.md');
const PART = /(<!-- runtime prices -->\n)[^]*?(\n<!-- \/runtime prices -->)/;
const HEAD = ['what', 'Regions', 'vCPU hour, USD', 'GB hour, USD', 'from', 'grade', 'as of'];

const row = ({ resources, version, regions, vcpuHour, gbHour, from = '', grade, asOf }: RuntimePrice): string[] => [
  resources.join(', ') + (version === undefined ? '' : ` ${version}`),
  regions.length > 5 ? `${regions.length} commercial Regions` : regions.join(', '),
  ...[vcpuHour, gbHour, from, grade, asOf],
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

test('the prices in docs/agents.md are those of the rows; UPDATE_DOCS=1 writes them', () => {
  const table = [HEAD, HEAD.map(() => '---'), ...RUNTIME_PRICES.map(row)].map(line).join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const made = page.replace(PART, `$1\n${table}\n$2`);
  if (process.env.UPDATE_DOCS) writeFileSync(PAGE, made);
  expect(PART.test(page)).toBe(true);
  expect(readFileSync(PAGE, 'utf8')).toBe(made);
});
