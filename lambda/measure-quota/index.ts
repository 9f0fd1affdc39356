import { BedrockClient, ListFoundationModelsCommand } from '@aws-sdk/client-bedrock';
import { paginateListServiceQuotas, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { DEFAULT_NAMESPACE, Signals } from '../../engine/telemetry/names';
import { AwsSources } from '../shared/aws-sources';
import { emfLines } from '../../engine/telemetry/emf';
import { type NamedModel, type NamedQuota, Quotas } from './quotas';

const QUARTER = 15 * 60_000;
const namespace = process.env.METRICS_NAMESPACE || DEFAULT_NAMESPACE;
const sources = new AwsSources();
const serviceQuotas = new ServiceQuotasClient({});
const bedrock = new BedrockClient({});

/** Quotas change by request, not by the minute: they are read again with each new execution environment. */
let known: Promise<Quotas> | undefined;

export async function handler(): Promise<void> {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const query = { namespace: 'AWS/Bedrock', metricName: 'EstimatedTPMQuotaUsage', statistic: 'Sum', periodSeconds: 60 };
  const usage = await sources.seriesBy('ModelId', query, now - QUARTER, now);
  known ??= readQuotas().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  const quotas = await known;
  const models = [...usage].map(([modelId, points]) => quotas.headroom(modelId, Math.max(0, ...points.values())));
  const told = models
    .flatMap(({ modelId, percent }) => (percent === undefined ? [] : [{ modelId, percent }]))
    .sort((a, b) => b.percent - a.percent);
  const unknown = models.filter(({ percent }) => percent === undefined).map(({ modelId }) => modelId);

  const readings = [
    { metric: Signals.QUOTA_USAGE, value: told[0]?.percent ?? 0 },
    { metric: Signals.QUOTA_UNKNOWN, value: unknown.length },
  ];
  const lines = [
    ...emfLines(namespace, readings, now),
    JSON.stringify({ signal: Signals.QUOTA_USAGE, models: told.slice(0, 20), unknown }),
  ];
  lines.forEach((line) => process.stdout.write(`${line}\n`));
}

async function readQuotas(): Promise<Quotas> {
  const quotas: NamedQuota[] = [];
  for await (const page of paginateListServiceQuotas({ client: serviceQuotas }, { ServiceCode: 'bedrock' })) {
    for (const { QuotaName, Value } of page.Quotas ?? []) {
      if (QuotaName !== undefined && Value !== undefined) {
        quotas.push({ name: QuotaName, value: Value });
      }
    }
  }
  const { modelSummaries = [] } = await bedrock.send(new ListFoundationModelsCommand({}));
  const models: NamedModel[] = modelSummaries.map(({ modelId = '', modelName = '', providerName = '' }) => ({
    modelId,
    modelName,
    providerName,
  }));
  return new Quotas(quotas, models);
}
