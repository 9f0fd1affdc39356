import { batch } from './batches';
import { bundledHandler, captured } from './bundled-handler';
import type { Result } from './result';

const CALLS = 1000;

/** Bytes of the metric lines for a batch of 1,000 calls, against the bytes of one line for each call. */
export async function emfBytes(): Promise<Result[]> {
  const handler = bundledHandler({ LEDGER: 'none' });
  // The last second of a minute: the calls of the ten seconds before are of one minute.
  const now = Math.floor(Date.now() / 60_000) * 60_000 - 1;
  const aggregated = await bytesOf(() => handler(batch({ records: CALLS, now })));
  const linePerCall = CALLS * Buffer.byteLength(oneLine(now));
  const details = `${aggregated} bytes for ${CALLS} calls within a minute, ${linePerCall} with a line for each`;
  return [{ name: 'metric bytes per 1,000 calls', ratio: aggregated / linePerCall, bound: 1 / 20, better: 'lower', details }];
}

/** The shortest line for one call that has its cost, tokens, duration and model. */
function oneLine(now: number): string {
  const metrics = ['llm.cost.usd', 'input', 'cache_read', 'cache_write', 'output', 'gen_ai.client.operation.duration'];
  const directive = {
    Namespace: 'BedrockObservability',
    Dimensions: [['gen_ai.request.model']],
    Metrics: metrics.map((Name) => ({ Name })),
  };
  const values = Object.fromEntries(metrics.map((name) => [name, 1234]));
  return JSON.stringify({
    _aws: { Timestamp: now, CloudWatchMetrics: [directive] },
    'gen_ai.request.model': 'amazon.nova-lite-v1:0',
    ...values,
  });
}

async function bytesOf(run: () => Promise<void>): Promise<number> {
  let bytes = 0;
  await captured((text) => (bytes += Buffer.byteLength(text)), run);
  return bytes;
}
