import { Member } from '../../engine/ledger/members';
import { requestModel } from '../../engine/metering/request-model';
import type { LogRow } from '../../local-cloudwatch/logs-insights';
import type { MetricStore } from '../../local-cloudwatch/metric-store';
import { modelMetrics, serviceMetricsOf } from '../../local-cloudwatch/service-metrics';

/** Puts what Bedrock itself publishes for a call, as far as the ledger line of the call knows it. */
export function putBedrockMetrics(metrics: MetricStore, line: LogRow): void {
  const seconds = Date.parse(String(line.get(Member.time))) / 1000;
  const modelId = requestModel(String(line.get(Member.modelId)));
  modelMetrics(modelId).forEach((name) => metrics.declare(name));
  const read = (member: string) => line.get(member) as number | undefined;
  const call = {
    modelId,
    errorCode: line.get(Member.errorCode) as string | undefined,
    latencyMs: read(Member.latencyMs),
    firstByteMs: read(Member.firstByteMs),
    inputTokens: read(Member.tokens.input),
    outputTokens: read(Member.tokens.output),
    cacheReadTokens: read(Member.tokens.cacheRead),
    cacheWriteTokens:
      (read(Member.tokens.cacheWrite) ?? 0) + (read(Member.tokens.cacheWrite5m) ?? 0) + (read(Member.tokens.cacheWrite1h) ?? 0),
  };
  for (const { value, ...name } of serviceMetricsOf(call)) {
    metrics.put(name, seconds, [value]);
  }
}
