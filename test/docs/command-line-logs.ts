import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvOf, curRow, usageOf } from '../cli/reconcile/billed-rows';
import type { Raw } from '../fixtures/invocation-records';

/** Two months of calls of an example company, always the same: the logs of docs/command-line.md. */
export function writeExampleLogs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const lines = exampleRecords().map((line) => JSON.stringify(line));
  writeFileSync(join(folder, 'october.ndjson'), lines.slice(0, 240).join('\n'));
  writeFileSync(join(folder, 'november.ndjson'), lines.slice(240).join('\n'));
  writeBill(join(folder, '..', 'bill'), lines);
  writeFileSync(join(folder, 'README.txt'), 'Copied from the bucket of the logs.\n');
}

/** The records of the logs. */
export const exampleRecords = (): Raw[] => Array.from({ length: 600 }, (_, n) => record(n));

/** The bill of these calls as CUR 2.0, with a batch job, a discount on one model, a price that differs and an hour without records. */
function writeBill(folder: string, records: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const usage = usageOf(records);
  const rows = usage.flatMap((line, at) => {
    if (line.low === undefined) return [];
    const row = curRow(line);
    const cost = Number(row.line_item_unblended_cost);
    const more = at === 6 ? 0.25 : 0;
    const net = line.model.includes('nova')
      ? { line_item_net_unblended_cost: String(cost * 0.95) }
      : { line_item_net_unblended_cost: String(cost + more) };
    return [{ ...row, line_item_unblended_cost: String(cost + more), ...net }];
  });
  const batch = {
    ...rows[0]!,
    line_item_usage_type: 'USE1-MP:USE1_MillionBatchInputTokens-Units',
    line_item_unblended_cost: '1.2',
    line_item_net_unblended_cost: '1.2',
  };
  const credit = { ...rows[0]!, line_item_line_item_type: 'Credit', line_item_unblended_cost: '-2', line_item_net_unblended_cost: '-2' };
  const missing = {
    ...rows[1]!,
    line_item_usage_amount: '0.4',
    line_item_unblended_cost: '0.132',
    line_item_net_unblended_cost: '0.132',
    line_item_usage_start_date: '2026-11-20T00:00:00Z',
  };
  writeFileSync(join(folder, 'costs-00001.csv'), csvOf([...rows, batch, credit, missing]));
}

const SONNET = 'us.anthropic.claude-sonnet-4-6';
const HAIKU = 'global.anthropic.claude-haiku-4-5-20251001-v1:0';
const MODELS = [SONNET, SONNET, HAIKU, HAIKU, HAIKU, 'amazon.nova-pro-v1:0'];
const ROLES = ['Assistant', 'Search', 'Support'];
const HOUR_MS = 3_600_000;

function record(n: number): Raw {
  const time = Date.UTC(2026, 9, 1) + n * 2.4 * HOUR_MS;
  const modelId = MODELS[n % MODELS.length]!;
  const failed = n % 50 === 7;
  const isCached = modelId === SONNET;
  return {
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: new Date(time).toISOString().replace('.000Z', 'Z'),
    accountId: '111122223333',
    region: 'us-east-1',
    requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    operation: 'Converse',
    modelId: n === 500 ? 'acme.model-v1:0' : modelId,
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${ROLES[n % ROLES.length]!}/session-${n % 4}` },
    requestMetadata: { team: n % 3 === 0 ? 'search' : 'support' },
    ...(failed && { errorCode: 'ThrottlingException' }),
    input: failed
      ? {}
      : { inputTokenCount: 1500 + 13 * n, ...(isCached && { cacheReadInputTokenCount: 40_000, cacheWriteInputTokenCount: 2000 }) },
    output: failed
      ? {}
      : {
          outputTokenCount: 300 + (n % 7) * 90,
          ...(isCached && { outputBodyJson: { usage: { cacheDetails: [{ ttl: '5m', inputTokens: 2000 }] } } }),
        },
  };
}
