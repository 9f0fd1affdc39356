import { textWidth } from '../../cli/tables/text-width';
import { BOTOCORE, botocore, cloudWatchEvent, type Described, requestId, SONNET, STRANDS, strands } from '../engine/agents/spans';
import { runInProcess } from './command-line';
import { csvOf, curRow, usageOf } from './reconcile/billed-rows';
import { call, file, lines } from './replaying';

const LONG = 'x'.repeat(100);

/** Runs in 80 and 120 columns, and expects something on some line to need the room. */
async function expectFit(args: readonly string[]): Promise<void> {
  for (const columns of [80, 120]) {
    const { out, err } = await runInProcess(args, { COLUMNS: String(columns) });
    const widths = out.split('\n').map(textWidth);
    expect([err, out.split('\n').filter((_, n) => widths[n]! > columns)]).toEqual([expect.any(String), []]);
    expect(Math.max(...widths)).toBeGreaterThan(60);
  }
}

describe('reconcile', () => {
  const records = [1, 2, 3, 4].map((n) =>
    JSON.stringify(
      call(n, {
        timestamp: `2026-10-0${n}T10:00:00Z`,
        identity: { arn: `arn:aws:sts::111122223333:assumed-role/${n % 2 ? LONG.slice(0, 64) : '予定'}/session-${n}` },
        input: { inputTokenCount: 400_000_000 },
      }),
    ),
  );
  const rows = usageOf(records).map(curRow);
  // A price that differs, a charge that no record describes, and one that is missing.
  rows[0] = { ...rows[0]!, line_item_unblended_cost: '98765432.109876543' };
  rows.push({
    ...rows[1]!,
    line_item_usage_type: `USE1-${LONG}-tokens`,
    line_item_product_code: 'AmazonBedrock',
    line_item_usage_account_id: LONG,
  });
  const bill = file(csvOf(rows), 'wide-bill.csv');
  const logs = file(records.join('\n'), `${LONG}.ndjson`);

  test.each(['model', 'day', 'account', 'principal', 'usage-type', 'region'])('--by %s: no line is wider than the terminal', async (by) => {
    await expectFit(['reconcile', logs, '--bill', bill, '--as-of', '2026-11-20', '--by', by]);
  });
});

describe('traces', () => {
  const run = (trace: string, id: number): Described[] => {
    const of = { trace: trace.repeat(32) };
    const names = { 'gen_ai.agent.name': `予定 ${LONG} ${trace}`, 'session.id': `${LONG}-${trace}` };
    return [
      { ...of, id: 'root', name: `POST /${LONG}`, kind: 'SERVER', ms: 9_000_000 },
      { ...of, id: 'agent', parent: 'root', scope: STRANDS, ms: 8_000_000, attributes: strands('invoke_agent', 1_234_567, 100_000, names) },
      { ...of, id: 'leaf', parent: 'agent', scope: BOTOCORE, ms: 200, attributes: botocore(requestId(id), 1_234_567, 100_000) },
      {
        ...of,
        id: 'tool',
        parent: 'agent',
        status: 'ERROR',
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': LONG, 'gen_ai.tool.status': 'error' },
      },
    ];
  };
  const spans = file(lines(...[...run('a', 1), ...run('b', 2)].map(cloudWatchEvent)), 'wide-spans.ndjson');
  const calls = file(
    lines(
      ...[1, 2].map((n) =>
        call(n, { requestId: requestId(n), modelId: SONNET, identity: { arn: `arn:aws:sts::1:assumed-role/${LONG}/s` } }),
      ),
    ),
    'wide-calls.ndjson',
  );

  test.each([['list'], ['failed'], ['sessions'], ['tools'], ['show', '--session', `${LONG}-a`]])(
    '%s: no line is wider than the terminal',
    async (command, ...args) => {
      await expectFit(['traces', command, spans, ...args, '--records', calls]);
    },
  );
});
