import { readSignalsConfig, type SignalsConfig } from '../../../lambda/publish-signals/config';
import { runSchedule } from '../../../lambda/publish-signals/publish';
import type { MetricQuery } from '../../../lambda/shared/sources';
import type { FakeSources } from './fake-sources';

export const NOW = Date.UTC(2026, 10, 21, 12, 30);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const config = (changes: Partial<SignalsConfig> = {}): SignalsConfig => ({
  ...readSignalsConfig({}),
  ledgerLogGroups: ['ledger'],
  spans: ['spans'],
  ...changes,
});

/** The values of all signals of a schedule. */
export async function signals(
  schedule: string,
  sources: FakeSources,
  changes: Partial<SignalsConfig> = {},
  now = NOW,
): Promise<Record<string, number>> {
  const { lines, failures } = await runSchedule(schedule, sources, config(changes), now);
  expect(failures).toEqual([]);
  return Object.assign({}, ...lines.map((line) => JSON.parse(line) as object).filter((line) => '_aws' in line)) as Record<string, number>;
}

/** USD per five minutes since a moment. */
export const spending = (since: number, usd: (start: number) => number) => (query: MetricQuery, start: number) =>
  query.metricName === 'llm.cost.usd' && start >= since ? usd(start) : undefined;

/** Tokens per five minutes, by type. */
export const tokens =
  (of: (type: string, start: number) => number | undefined) =>
  ({ metricName, dimensions }: MetricQuery, start: number) =>
    metricName === 'gen_ai.client.token.usage' ? of(dimensions?.['gen_ai.token.type'] ?? '', start) : undefined;
