import { Signals } from '../../engine/telemetry/names';
import type { MetricStore } from '../../local-cloudwatch/metric-store';
import type { SeededRandom } from '../../local-cloudwatch/seeded-random';

const HOUR = 3600;
/** Between two looks at the quotas. */
const LOOK = 300;
const HOURS = 32 * 24;

const guardrail = (id: string) => ({
  namespace: 'AWS/Bedrock/Guardrails',
  metricName: 'InvocationsIntervened',
  dimensions: { GuardrailArn: `arn:aws:bedrock:us-east-1:111122223333:guardrail/${id}`, GuardrailVersion: '1' },
});
const MANTLE = { namespace: 'AWS/BedrockMantle', metricName: 'Inferences', dimensions: {} };

/**
 * What the example company's guardrails publish, its calls through the endpoint that writes no invocation records, and how much
 * of a quota it uses.
 *
 * @param namespace that of the cost meter
 */
export function putSyntheticMetrics(metrics: MetricStore, endMs: number, random: SeededRandom, namespace: string): void {
  const [support, content] = [guardrail('support'), guardrail('content')];
  for (let hour = 0; hour < HOURS; hour++) {
    const seconds = Math.floor(endMs / 1000) - hour * HOUR;
    metrics.put(support, seconds, [random.integer(0, 3)]);
    metrics.put(content, seconds, [random.integer(0, 2)]);
    if (random.chance(0.1)) {
      metrics.put(MANTLE, seconds, [random.integer(1, 5)]);
    }
  }
  for (let look = 0; look < (HOURS * HOUR) / LOOK; look++) {
    metrics.put({ namespace, metricName: Signals.QUOTA_USAGE, dimensions: {} }, Math.floor(endMs / 1000) - look * LOOK, [
      random.integer(15, 55),
    ]);
  }
}
