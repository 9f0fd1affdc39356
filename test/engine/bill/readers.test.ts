import { readBilled } from '../../../engine/bill/billed-amount';
import { BilledModels } from '../../../engine/bill/billed-models';
import { billLine, type BillLine } from '../../../engine/bill/bill-line';
import { readCostExplorer } from '../../../engine/bill/cost-explorer';
import { curColumn, isCur, readCurRow } from '../../../engine/bill/cur-row';
import { isFocus, readFocusRow } from '../../../engine/bill/focus-row';
import { principalOf } from '../../../engine/bill/principal';
import { Catalogue } from '../../../engine/pricing/catalogue';

const models = new BilledModels(Catalogue.builtIn());

const line = (read: BillLine | string | undefined): BillLine => {
  if (read === undefined || typeof read === 'string') throw new Error(`no line: ${read}`);
  return read;
};

test.each([
  ['0.1', 100_000_000_000n, 1],
  ['-3', -3_000_000_000_000n, 0],
  ['1.5E-5', 15_000_000n, 6],
  ['2e3', 2_000_000_000_000_000n, 0],
  ['0.00000000000049', 0n, 14],
  ['0.00000000000051', 1n, 14],
])('an amount of a bill is read to 12 digits: %s', (text, pico, decimals) => {
  expect(readBilled(text)).toEqual({ pico, decimals });
});

test.each(['', 'USD 1', '1,5', 'NaN', '--1'])('what is no amount is not read as one: %j', (text) => {
  expect(readBilled(text)).toBeUndefined();
});

test.each([
  ['USE1-NovaMicro-input-tokens', 'Amazon Bedrock', 'amazon.nova-micro-v1:0', 'input', 'regional', 'standard', 2000],
  ['EUC1-Claude4.6Sonnet-output-tokens', 'Amazon Bedrock Service', 'anthropic.claude-sonnet-4-6', 'output', 'regional', 'standard', 2000],
  ['EU-Nova2.0Lite-input-tokens-flex', 'Amazon Bedrock', 'amazon.nova-2-lite-v1:0', 'input', 'regional', 'flex', 2000],
  [
    'USW2-MP:USW2_CacheWrite1hInputTokenCount_Global-Units',
    'Claude Opus 4.5 (Amazon Bedrock Edition)',
    'anthropic.claude-opus-4-5-20251101-v1:0',
    'cacheWrite1h',
    'global',
    'standard',
    2_000_000,
  ],
  [
    'APN1-MP:APN1_cache_write_tokens_30m_standard-Units',
    'OpenAI GPT-6 Luna (Bedrock Edition)',
    'openai.gpt-6-luna',
    'cacheWrite30m',
    'regional',
    'standard',
    2_000_000,
  ],
])('the usage type %s of %s', (usageType, service, model, kind, routing, tier, tokens) => {
  const read = line(billLine({ charge: 'usage', usageType, service, quantity: '2', amount: '1' }, models));
  expect(read).toMatchObject({ model, kind, routing, tier, tokens, isUnderstood: true });
});

test.each([
  ['USE1-MP:USE1_InputTokenCount_Global_Batch-Units', 'batch'],
  ['USE1-NovaMicro-ProvisionedThroughput-NoCommit-ModelUnits', 'provisioned'],
  ['APS7-MP:APS7_Reserved_1Month_InputTPM_Geo-Units', 'reserved'],
  ['USE1-qwen.qwen3-32b-mantle-input-tokens-standard', 'mantle'],
  ['USE1-Runtime:Consumption-based:vCPU', 'agentCore'],
  ['USE1-Guardrail-ContentPolicyUnitsConsumed', 'guardrail'],
])('%s is billed without an invocation record: %s', (usageType, source) => {
  expect(line(billLine({ charge: 'usage', usageType, amount: '1' }, models))).toMatchObject({ source, isUnderstood: true });
});

test.each(['USE1-Claude3.5Sonnet-Input', 'USE1-SomethingNew', ''])(
  'a usage type that is not understood keeps its cost: %j',
  (usageType) => {
    const read = line(billLine({ charge: 'usage', usageType, amount: '0.05' }, models));
    expect(read).toMatchObject({ isUnderstood: false, amount: 50_000_000_000n });
    expect(read.kind).toBeUndefined();
  },
);

const CUR = {
  line_item_line_item_type: 'Usage',
  line_item_product_code: '0aexample1234567890abcdef',
  product: '{"product_name":"Claude Haiku 4.5 (Amazon Bedrock Edition)","region_code":"eu-west-1"}',
  line_item_usage_type: 'EU-MP:EU_InputTokenCount-Units',
  line_item_usage_start_date: '2026-11-20 23:00:00',
  line_item_usage_end_date: '2026-11-21T00:00:00Z',
  line_item_usage_account_id: '111122223333',
  line_item_usage_amount: '0.5',
  line_item_unblended_cost: '0.5500000000',
  line_item_net_unblended_cost: '0.5',
  line_item_currency_code: 'USD',
  line_item_iam_principal: 'arn:aws:sts::111122223333:assumed-role/app/session@example.com',
};

test('a row of CUR 2.0, whose Marketplace lines have an opaque product code', () => {
  expect(line(readCurRow(CUR, models))).toMatchObject({
    ...{ charge: 'usage', from: '2026-11-20', until: '2026-11-21', account: '111122223333', region: 'eu-west-1' },
    ...{
      model: 'anthropic.claude-haiku-4-5-20251001-v1:0',
      kind: 'input',
      tokens: 500_000,
      gross: 550_000_000_000n,
      amount: 500_000_000_000n,
    },
    principal: 'arn:aws:iam::111122223333:role/app',
  });
});

test('rows of other services are left out, and of other currencies named', () => {
  expect(readCurRow({ ...CUR, product: '{"product_name":"Amazon S3"}' }, models)).toBeUndefined();
  expect(readCurRow({ ...CUR, line_item_currency_code: 'CNY' }, models)).toContain('CNY');
  expect(readCurRow({ ...CUR, line_item_unblended_cost: '', line_item_net_unblended_cost: '' }, models)).toContain('not a number');
});

test.each([
  ['Credit', 'credit'],
  ['EdpDiscount', 'discount'],
  ['Refund', 'refund'],
  ['Tax', 'tax'],
  ['RIFee', 'fee'],
  ['Surprise', 'other'],
])('a row of type %s is no usage', (type, charge) => {
  expect(line(readCurRow({ ...CUR, line_item_line_item_type: type }, models)).charge).toBe(charge);
});

test('columns of legacy reports get the names of CUR 2.0', () => {
  const columns = ['lineItem/UsageType', 'lineItem/UnblendedCost', 'identity/LineItemId'].map(curColumn);
  expect(columns).toEqual(['line_item_usage_type', 'line_item_unblended_cost', 'identity_line_item_id']);
  expect(isCur(columns)).toBe(true);
});

test('a row of FOCUS: the effective cost, because a Marketplace line can be billed at 0', () => {
  const row = {
    ...{ ServiceName: 'Claude Haiku 4.5 (Amazon Bedrock Edition)', ChargeCategory: 'Usage', BillingCurrency: 'USD' },
    ...{ ChargePeriodStart: '2026-11-20T00:00:00Z', ChargePeriodEnd: '2026-11-21T00:00:00Z', SubAccountId: '111122223333' },
    ...{ BilledCost: '0', EffectiveCost: '0.5', ListCost: '0.55', RegionId: 'us-east-1' },
    ...{ x_UsageType: 'USE1-MP:USE1_InputTokenCount-Units', PricingQuantity: '0.5', PricingUnit: '1000000 Tokens' },
  };
  expect(isFocus(Object.keys(row))).toBe(true);
  expect(line(readFocusRow(row, models))).toMatchObject({
    ...{ from: '2026-11-20', until: '2026-11-21', kind: 'input', tokens: 500_000, gross: 550_000_000_000n, amount: 500_000_000_000n },
  });
  expect(readFocusRow({ ...row, ServiceName: 'Amazon S3' }, models)).toBeUndefined();
  expect(line(readFocusRow({ ...row, ListCost: '0' }, models)).gross).toBe(500_000_000_000n);
});

const answer = (keys: readonly string[], groups: readonly string[], metrics: object) => ({
  GroupDefinitions: groups.map((Key) => ({ Type: 'DIMENSION', Key })),
  ResultsByTime: [{ TimePeriod: { Start: '2026-11-20', End: '2026-11-21' }, Total: {}, Groups: [{ Keys: keys, Metrics: metrics }] }],
});
const usd = (Amount: string) => ({ Amount, Unit: 'USD' });

test('a response of Cost Explorer', () => {
  const keys = ['Claude Haiku 4.5 (Amazon Bedrock Edition)', 'USE1-MP:USE1_OutputTokenCount_Global-Units'];
  const metrics = {
    UnblendedCost: usd('2.5'),
    NetUnblendedCost: usd('2'),
    UsageQuantity: { Amount: '0.5', Unit: 'Units' },
    ListCost: usd('0'),
  };
  const { lines, groupedBy } = readCostExplorer(answer(keys, ['SERVICE', 'USAGE_TYPE'], metrics), models);
  expect(groupedBy).toEqual(['SERVICE', 'USAGE_TYPE']);
  expect(lines).toMatchObject([
    { kind: 'output', routing: 'global', tokens: 500_000, gross: 2_500_000_000_000n, amount: 2_000_000_000_000n },
  ]);
  expect(readCostExplorer(answer(['Amazon S3', 'x'], ['SERVICE', 'USAGE_TYPE'], metrics), models).lines).toEqual([]);
});

test('the standard metadata of Cost Explorer, and what has none of it', () => {
  const read = (...keys: string[]) =>
    readCostExplorer(answer(keys, ['model', 'inferenceType'], { UnblendedCost: usd('1') }), models).lines[0];
  expect(read('model$Claude Sonnet 4.6', 'inferenceType$Input tokens')).toMatchObject({
    model: 'anthropic.claude-sonnet-4-6',
    kind: 'input',
  });
  expect(read('model$', 'inferenceType$')).toMatchObject({ isUnderstood: false, amount: 1_000_000_000_000n });
});

test('credits are not usage; a response without an amount is named; data that is not ready is not zero', () => {
  const credit = answer(['Amazon Bedrock', 'Credit'], ['SERVICE', 'RECORD_TYPE'], { UnblendedCost: usd('-9') });
  expect(readCostExplorer(credit, models).lines).toMatchObject([{ charge: 'credit', amount: -9_000_000_000_000n }]);
  expect(readCostExplorer(answer(['Amazon Bedrock'], ['SERVICE'], {}), models).problems).toHaveLength(1);
  const error = { __type: 'com.amazonaws.ce#DataUnavailableException', message: 'Data is not ready' };
  expect(readCostExplorer(error, models)).toMatchObject({ lines: [], notReady: expect.stringContaining('not ready') });
});

test.each([
  ['arn:aws:sts::111122223333:assumed-role/app/jane@example.com', 'arn:aws:iam::111122223333:role/app'],
  ['arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/Admin', 'arn:aws:iam::111122223333:role/Admin'],
  ['arn:aws:iam::111122223333:user/ci', 'arn:aws:iam::111122223333:user/ci'],
])('%s is the principal %s', (caller, principal) => {
  expect(principalOf(caller)).toBe(principal);
});
