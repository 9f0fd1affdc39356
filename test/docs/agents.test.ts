import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgentMember } from '../../engine/ledger/agent-members';
import { AgentMetrics } from '../../engine/telemetry/agent-names';

const page = readFileSync(join(__dirname, '../../docs/agents.md'), 'utf8');

test('docs/agents.md has one row for each metric of agents, and no other', () => {
  const rows = [...page.matchAll(/^\| `(agents\.[a-z.]+)`[^|]*\|[^|]+\|[^|]+\|[^|]+\|[^|]+\|$/gm)].map(([, name]) => name);
  expect([...rows].sort()).toEqual(Object.values(AgentMetrics).sort());
});

test('docs/agents.md has each member of an agent line', () => {
  const members = Object.values(AgentMember).flatMap((member) => (typeof member === 'string' ? [member] : Object.values(member)));
  const section = page.slice(page.indexOf('## Agent lines'));
  expect(members.filter((member) => !section.includes(`\`${member}\``))).toEqual([]);
});
