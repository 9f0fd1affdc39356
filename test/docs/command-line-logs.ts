import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two months of calls of an example company, always the same: the logs of docs/command-line.md. */
export function writeExampleLogs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const lines = Array.from({ length: 600 }, (_, n) => JSON.stringify(record(n)));
  writeFileSync(join(folder, 'october.ndjson'), lines.slice(0, 240).join('\n'));
  writeFileSync(join(folder, 'november.ndjson'), lines.slice(240).join('\n'));
  writeFileSync(join(folder, 'README.txt'), 'Copied from the bucket of the logs.\n');
}

const SONNET = 'us.anthropic.claude-sonnet-4-6';
const HAIKU = 'global.anthropic.claude-haiku-4-5-20251001-v1:0';
const MODELS = [SONNET, SONNET, HAIKU, HAIKU, HAIKU, 'amazon.nova-pro-v1:0'];
const ROLES = ['Assistant', 'Search', 'Support'];
const HOUR_MS = 3_600_000;

function record(n: number): object {
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
