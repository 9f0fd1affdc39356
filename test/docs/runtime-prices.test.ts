import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_PRICES } from '../../engine/agents/runtime-prices';

const NAMES = { vcpuHour: 'vCPU hour', gbHour: 'GB hour' };

test.each(RUNTIME_PRICES)('docs/agents.md has the price of a $kind', ({ kind, usd, grade }) => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'agents.md'), 'utf8');
  expect(page).toMatch(new RegExp(`^\\| ${NAMES[kind]} \\| ${usd} \\| .* \\| ${grade} \\|$`, 'm'));
});
