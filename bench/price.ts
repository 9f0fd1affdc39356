import { calcPrice } from '@pydantic/genai-prices';
import { PriceEngine } from '../engine/pricing/price-engine';
import { median, type Result } from './result';

const CALLS = 20_000;
const ROUNDS = 21;

const MODELS = ['us.anthropic.claude-sonnet-4-6', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-lite-v1:0'];

/** The same calls as arguments of our engine and of genai-prices, which counts cached tokens as input. */
const RECORDS = Array.from({ length: 300 }, (_, i) => {
  const [input, cacheRead, cacheWrite5m, output] = [400 + (i % 97), i % 3 === 0 ? 12_000 : 0, i % 9 === 0 ? 800 : 0, 50 + (i % 49)];
  const modelId = MODELS[i % MODELS.length]!;
  const timestamp = Date.UTC(2026, 10, 20) + i;
  return {
    query: { modelId, region: 'us-east-1', tier: 'standard' as const, timestamp, contextTokens: input + cacheRead + cacheWrite5m },
    usage: { input, cacheRead, cacheWrite5m, cacheWrite1h: 0, cacheWrite: 0, output },
    theirs: {
      input_tokens: input + cacheRead + cacheWrite5m,
      cache_read_tokens: cacheRead,
      cache_write_tokens: cacheWrite5m,
      output_tokens: output,
    },
    at: new Date(timestamp),
  };
});

/** The last cost, kept so that V8 cannot leave the work out. */
let lastCost: unknown;

/** Time for the exact cost of one record, against `calcPrice` of genai-prices for the same call. */
export function price(): Result[] {
  const engine = new PriceEngine();
  const ours = () => {
    for (let i = 0; i < CALLS; i++) {
      const { query, usage } = RECORDS[i % RECORDS.length]!;
      lastCost = engine.cost(engine.quote(query), usage);
    }
  };
  const theirs = () => {
    for (let i = 0; i < CALLS / 10; i++) {
      const { query, theirs, at } = RECORDS[i % RECORDS.length]!;
      lastCost = calcPrice(theirs, query.modelId, { providerId: 'aws', timestamp: at });
    }
  };
  const times = Array.from({ length: ROUNDS }, () => ({ ours: micros(ours, CALLS), theirs: micros(theirs, CALLS / 10) }));
  const [our, their] = [median(times.map((time) => time.ours)), median(times.map((time) => time.theirs))];
  const details = `${our.toFixed(2)} against ${their.toFixed(2)} µs a record`;
  const ratio = median(times.map((time) => time.ours / time.theirs));
  return lastCost === undefined ? [] : [{ name: 'cost of one record against genai-prices', ratio, bound: 0.1, better: 'lower', details }];
}

function micros(run: () => void, calls: number): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1000 / calls;
}
