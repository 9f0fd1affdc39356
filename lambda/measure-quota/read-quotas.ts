import { type BedrockClient, ListFoundationModelsCommand } from '@aws-sdk/client-bedrock';
import { paginateListServiceQuotas, type ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { type NamedQuota, Quotas } from './quotas';

/** The quotas of this account and Region, and the names of the models that they are for. */
export async function readQuotas(serviceQuotas: ServiceQuotasClient, bedrock: BedrockClient, abortSignal?: AbortSignal): Promise<Quotas> {
  const quotas: NamedQuota[] = [];
  for await (const page of paginateListServiceQuotas({ client: serviceQuotas }, { ServiceCode: 'bedrock' }, { abortSignal })) {
    for (const { QuotaName, Value } of page.Quotas ?? []) {
      if (QuotaName !== undefined && Value !== undefined) {
        quotas.push({ name: QuotaName, value: Value });
      }
    }
  }
  const { modelSummaries = [] } = await bedrock.send(new ListFoundationModelsCommand({}), { abortSignal });
  const models = modelSummaries.map(({ modelId = '', modelName = '', providerName = '' }) => ({ modelId, modelName, providerName }));
  return new Quotas(quotas, models);
}
