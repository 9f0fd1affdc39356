import { batch } from './batches';
import { bundledHandler, captured } from './bundled-handler';
import type { Result } from './result';

const CALLS = 1000;

/** Metric lines for a thousand calls in one batch, against a thousand lines of one call each. */
export async function emfBytes(): Promise<Result[]> {
  const handler = bundledHandler({ LEDGER: 'none' });
  const now = Date.now();
  const together = await bytesOf(() => handler(batch({ records: CALLS, now })));
  const single = CALLS * Buffer.byteLength(oneLine(now));
  const details = `${together} bytes for ${CALLS} calls within a minute, ${single} with a line for each`;
  return [{ name: 'metric bytes per 1,000 calls', ratio: together / single, bound: 1 / 20, better: 'lower', details }];
}

/** The least that one line per call can say: cost, tokens and duration of one model. */
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
