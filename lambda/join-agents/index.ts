import { AgentDimensions } from '../../engine/agents/metering/agent-totals';
import { newSpanPricing, type SpanPricing } from '../shared/span-pricing';
import { writeText } from '../shared/write-lines';
import { readJoinConfig } from './config';
import { AwsLogLines } from './log-lines';
import { runJoin } from './run-join';

const config = readJoinConfig(process.env);
const logLines = new AwsLogLines();
const dimensions = new AgentDimensions(config.dimensions, config.dimensionCap);
let pricing: SpanPricing | undefined;

/** Settles the calls of agents, and gives them the costs of the ledger. */
export async function handler(): Promise<void> {
  pricing ??= newSpanPricing(config, () => import('./get-object.lazy.js'));
  await writeText(await runJoin({ config, logLines, dimensions, pricing, now: Date.now() }));
}
