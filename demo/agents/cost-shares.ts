import { parseUsd } from '../../engine/pricing/usd-text';
import { AGENT_QUERIES } from '../../lib/private/dashboards/agent-queries';
import { eventRow, runQuery } from '../../local-cloudwatch/logs-insights';
import { type Shares, SHARES } from './agent-run';

/** The saved query of each share, and its column with names. */
const QUERIES: Readonly<Record<(typeof SHARES)[number], readonly [id: string, name: string]>> = {
  agent: ['AgentCost', 'ofAgent'],
  session: ['AgentSessionCost', 'ofSession'],
  tool: ['AgentToolCost', 'ofTool'],
};

/** The exact costs by agent, session and tool: what the saved queries find in the lines of the deployed functions. */
export function sharesOf(lines: ReadonlyArray<{ readonly message: string; readonly timestamp: number }>): Shares {
  const events = lines.map(({ message, timestamp }) => eventRow(message, timestamp));
  const share = (each: (typeof SHARES)[number]) => {
    const [id, name] = QUERIES[each];
    const { rows } = runQuery(AGENT_QUERIES.find((query) => query.id === id)!.lines.join(' | '), events);
    return rows
      .filter((row) => row.get('costBasis') === 'ledger' && row.get(name) !== undefined)
      .map((row) => [String(row.get(name)), parseUsd(Number(row.get('usd')).toFixed(12))] as const);
  };
  return { agent: share('agent'), session: share('session'), tool: share('tool') };
}
