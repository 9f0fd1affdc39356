import type { MetricStore } from '../../local-cloudwatch/metric-store';
import type { SeededRandom } from '../../local-cloudwatch/seeded-random';

const HOUR = 3600;
const HOURS = 32 * 24;

const guardrail = (id: string) => ({
  namespace: 'AWS/Bedrock/Guardrails',
  metricName: 'InvocationsIntervened',
  dimensions: { GuardrailArn: `arn:aws:bedrock:us-east-1:111122223333:guardrail/${id}`, GuardrailVersion: '1' },
});
const MANTLE = { namespace: 'AWS/BedrockMantle', metricName: 'Inferences', dimensions: {} };

/** What the example company's guardrails publish, and its calls through the endpoint that writes no invocation records. */
export function putSyntheticMetrics(metrics: MetricStore, endMs: number, random: SeededRandom): void {
  const [support, content] = [guardrail('support'), guardrail('content')];
  for (let hour = 0; hour < HOURS; hour++) {
    const seconds = Math.floor(endMs / 1000) - hour * HOUR;
    metrics.put(support, seconds, [random.integer(0, 3)]);
    metrics.put(content, seconds, [random.integer(0, 2)]);
    if (random.chance(0.1)) {
      metrics.put(MANTLE, seconds, [random.integer(1, 5)]);
    }
  }
}
