import { Quotas } from '../../../lambda/measure-quota/quotas';

const quotas = new Quotas(
  [
    { name: 'On-demand InvokeModel tokens per minute for Anthropic Claude 3.5 Sonnet V2', value: 1000 },
    { name: 'Cross-Region InvokeModel tokens per minute for Anthropic Claude Sonnet 4 V1', value: 2000 },
    { name: 'Cross-Region InvokeModel tokens per minute for Anthropic Claude Sonnet 4 V1 1M Context Length', value: 3000 },
    { name: 'Global cross-region model inference tokens per minute for Anthropic Claude Sonnet 4 V1', value: 4000 },
    { name: 'Cross-Region InvokeModel requests per minute for Anthropic Claude Sonnet 4 V1', value: 5 },
    { name: 'On-demand InvokeModel tokens per minute for Amazon Nova Pro', value: 10 },
    { name: 'On-demand model inference tokens per minute for Amazon Nova Pro', value: 20 },
    { name: 'On-demand InvokeModel tokens per minute for Amazon Titan Text', value: 0 },
    { name: 'On-demand model inference tokens per minute for Acme Model', value: 5000 },
    { name: 'On-demand latency-optimized model inference tokens per minute for Acme Model', value: 7 },
  ],
  [
    { modelId: 'anthropic.claude-3-5-sonnet-20241022-v2:0', modelName: 'Claude 3.5 Sonnet v2', providerName: 'Anthropic' },
    { modelId: 'anthropic.claude-sonnet-4-20250514-v1:0', modelName: 'Claude Sonnet 4', providerName: 'Anthropic' },
    { modelId: 'amazon.nova-pro-v1:0', modelName: 'Nova Pro', providerName: 'Amazon' },
    { modelId: 'amazon.titan-text', modelName: 'Titan Text', providerName: 'Amazon' },
    { modelId: 'acme.model-v1', modelName: 'Model', providerName: 'Acme' },
  ],
);

test.each([
  ['anthropic.claude-3-5-sonnet-20241022-v2:0', 50],
  ['us.anthropic.claude-sonnet-4-20250514-v1:0', 25],
  ['us-gov.anthropic.claude-sonnet-4-20250514-v1:0', 25],
  ['global.anthropic.claude-sonnet-4-20250514-v1:0', 12.5],
  ['acme.model-v1:0', 10],
  ['amazon.titan-text', 100],
])('%s uses %d %% of the quota that goes by its name and routing', (modelId, percent) => {
  expect(quotas.useOf(modelId, 500)).toEqual({ modelId, percent });
});

test.each([
  ['a model without a quota of that routing', 'anthropic.claude-sonnet-4-20250514-v1:0'],
  ['two quotas of one name', 'amazon.nova-pro-v1:0'],
  ['an application inference profile', 'a1b2c3d4e5f6'],
])('%s is unknown, never a guess', (_, modelId) => {
  expect(quotas.useOf(modelId, 500).percent).toBeUndefined();
});
