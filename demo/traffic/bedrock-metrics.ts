import { type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { type ServiceCall, serviceMetricsOf } from '../../local-cloudwatch/service-metrics';
import type { Clients } from '../emulator/clients';
import type { LogRecord } from './records';

const NAMESPACE = 'AWS/Bedrock';
const DATUMS_PER_REQUEST = 500;

interface InvocationRecord {
  readonly requestId?: string;
  readonly modelId?: string;
  readonly errorCode?: string;
  readonly input?: {
    readonly inputTokenCount?: number;
    readonly cacheReadInputTokenCount?: number;
    readonly cacheWriteInputTokenCount?: number;
  };
  readonly output?: {
    readonly outputTokenCount?: number;
    readonly outputBodyJson?: { readonly metrics?: { readonly latencyMs?: number } };
  };
}

/** Puts the metrics that Bedrock itself would have published for the calls of these records. */
export async function putBedrockMetrics(clients: Clients, records: readonly LogRecord[]): Promise<void> {
  const data = bedrockMetrics(records);
  for (let start = 0; start < data.length; start += DATUMS_PER_REQUEST) {
    await clients.cloudWatch.send(
      new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: data.slice(start, start + DATUMS_PER_REQUEST) }),
    );
  }
}

export function bedrockMetrics(records: readonly LogRecord[]): MetricDatum[] {
  const calls = new Map<string, { readonly time: Date; readonly record: InvocationRecord }>();
  for (const { time, message } of records) {
    const record = parse(message);
    if (record?.modelId) {
      // Of two records of one call the later one is complete.
      calls.set(record.requestId ?? `record ${calls.size}`, { time, record });
    }
  }
  return [...calls.values()].flatMap(({ time, record }) =>
    serviceMetricsOf(callOf(record)).map(({ metricName, dimensions, unit, value }) => ({
      MetricName: metricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Unit: unit,
      Timestamp: time,
      Value: value,
    })),
  );
}

function callOf({ modelId, errorCode, input, output }: InvocationRecord): ServiceCall {
  return {
    // In metrics a model or profile has the last part of its ARN.
    modelId: modelId?.split('/').at(-1),
    errorCode,
    latencyMs: output?.outputBodyJson?.metrics?.latencyMs,
    inputTokens: input?.inputTokenCount,
    outputTokens: output?.outputTokenCount,
    cacheReadTokens: input?.cacheReadInputTokenCount,
    cacheWriteTokens: input?.cacheWriteInputTokenCount,
  };
}

function parse(message: string): InvocationRecord | undefined {
  try {
    return JSON.parse(message) as InvocationRecord;
  } catch {
    return undefined;
  }
}
