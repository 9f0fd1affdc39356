import { type MetricDatum, PutMetricDataCommand, type StandardUnit } from '@aws-sdk/client-cloudwatch';
import type { Clients } from '../emulator/clients';
import type { LogRecord } from './records';

const NAMESPACE = 'AWS/Bedrock';
const DATUMS_PER_REQUEST = 500;

interface Call {
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

/** The metrics Bedrock publishes for a call, and where the record tells their value. */
const METRICS: readonly { readonly name: string; readonly unit: StandardUnit; readonly of: (call: Call) => number | undefined }[] = [
  { name: 'Invocations', unit: 'Count', of: ({ errorCode }) => (errorCode === 'ThrottlingException' ? undefined : 1) },
  { name: 'InvocationThrottles', unit: 'Count', of: ({ errorCode }) => Number(errorCode === 'ThrottlingException') },
  {
    name: 'InvocationClientErrors',
    unit: 'Count',
    of: ({ errorCode = '' }) => Number(/^(Validation|AccessDenied|ResourceNotFound)/.test(errorCode)),
  },
  {
    name: 'InvocationServerErrors',
    unit: 'Count',
    of: ({ errorCode = '' }) => Number(/^(ServiceUnavailable|InternalServer|Model)/.test(errorCode)),
  },
  { name: 'InvocationLatency', unit: 'Milliseconds', of: ({ output }) => output?.outputBodyJson?.metrics?.latencyMs },
  { name: 'InputTokenCount', unit: 'Count', of: ({ input }) => input?.inputTokenCount },
  { name: 'OutputTokenCount', unit: 'Count', of: ({ output }) => output?.outputTokenCount },
  { name: 'CacheReadInputTokenCount', unit: 'Count', of: ({ input }) => input?.cacheReadInputTokenCount },
  { name: 'CacheWriteInputTokenCount', unit: 'Count', of: ({ input }) => input?.cacheWriteInputTokenCount },
];

/** Puts the AWS/Bedrock metrics that Bedrock itself would have published for the same calls, per model and in total. */
export async function putBedrockMetrics(clients: Clients, records: readonly LogRecord[]): Promise<void> {
  const data = bedrockMetrics(records);
  for (let start = 0; start < data.length; start += DATUMS_PER_REQUEST) {
    await clients.cloudWatch.send(
      new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: data.slice(start, start + DATUMS_PER_REQUEST) }),
    );
  }
}

export function bedrockMetrics(records: readonly LogRecord[]): MetricDatum[] {
  const calls = new Map<string, { readonly time: Date; readonly call: Call }>();
  for (const { time, message } of records) {
    const call = parse(message);
    // Of a call that was logged twice the later record is the whole one.
    calls.set(call?.requestId ?? `record ${calls.size}`, { time, call: call ?? {} });
  }
  return [...calls.values()].flatMap(({ time, call }) => {
    const ModelId = call.modelId?.split('/').at(-1);
    const sets = ModelId ? [[], [{ Name: 'ModelId', Value: ModelId }]] : [];
    return METRICS.flatMap(({ name, unit, of }) => {
      const value = of(call);
      return value === undefined
        ? []
        : sets.map((Dimensions) => ({ MetricName: name, Unit: unit, Timestamp: time, Value: value, Dimensions }));
    });
  });
}

function parse(message: string): Call | undefined {
  try {
    return JSON.parse(message) as Call;
  } catch {
    return undefined;
  }
}
