import { callsSql } from '../ledger/questions/calls-sql';
import type { Catalogue, ModelInfo } from '../pricing/catalogue';
import { POSSIBLE_INPUT } from '../pricing/kinds';
import { TOKEN_BUCKETS, type TokenBucket } from '../pricing/token-buckets';
import type { ChargeUnit } from './charge';
import { FOCUS_COLUMNS } from './columns';

interface FocusSqlOptions {
  readonly unit: ChargeUnit;
  /** Names and providers of models. */
  readonly catalogue: Catalogue;
  readonly table?: string;
  /** A condition of the rows, for example of their time. */
  readonly where?: string;
}

/** The column of each bucket. */
const TOKENS: Readonly<Record<TokenBucket, string>> = {
  input: 'input_tokens',
  cacheRead: 'cache_read_tokens',
  cacheWrite5m: 'cache_write_5m_tokens',
  cacheWrite1h: 'cache_write_1h_tokens',
  cacheWrite: 'cache_write_tokens',
  output: 'output_tokens',
};

/** What decides which charge a kind of usage belongs to. */
const KEYS = [
  'account_id',
  'region',
  'model_id',
  'model',
  'routing',
  'kind',
  'price_row',
  'price_tier',
  'price_context',
  'price_basis',
  'source',
  'unit_price',
  'high_price',
];

/**
 * The ledger as charges of FOCUS, in SQL that Athena and DuckDB share: a row for each kind of usage of a model, an account and a
 * Region in a period. As in `replay --format focus`, calls without a price are in no row.
 */
export function focusSql({ unit, catalogue, table = 'ledger', where }: FocusSqlOptions): string {
  const kinds = `array[${TOKEN_BUCKETS.map((bucket) => `'${bucket}'`).join(', ')}]`;
  return `with calls as (
${callsSql(table, where)}
), kinds as (
  select calls.*, kind, date_trunc('${unit}', "time") as period,
    ${quantitySql()} as micros,
    case kind when '${POSSIBLE_INPUT}' then 0 else element_at(unit_prices, kind) end as unit_price,
    case kind when '${POSSIBLE_INPUT}' then coalesce(element_at(unit_prices_high, 'input'), element_at(unit_prices, 'input'))
      else coalesce(element_at(unit_prices_high, kind), element_at(unit_prices, kind)) end as high_price
  from calls cross join unnest(case when units is null then ${kinds} else ${kinds} || map_keys(units) end) as each_kind(kind)
  where status = 'priced'
), charges as (
  select period, ${KEYS.join(', ')}, sum(micros) as quantity,
    sum(${timesSql('unit_price')}) as cost_pico, sum(${timesSql('high_price')}) as high_pico
  from kinds where micros > 0
  group by period, ${KEYS.join(', ')}
), models (id, name, provider) as (
  values ${catalogue
    .lines<ModelInfo>('model')
    .map(({ model, provider }) => modelSql(model, catalogue.title(model) ?? model, provider))
    .join(', ')}
)
select ${FOCUS_COLUMNS.map(({ name, sql }) => `${sql(unit)} as "${name}"`).join(',\n  ')}
from charges left join models on models.id = coalesce(charges.model, charges.model_id)
order by period`;
}

/** In millionths: tokens are whole, seconds are not. */
function quantitySql(): string {
  const tokens = Object.entries(TOKENS).map(([bucket, column]) => `when '${bucket}' then ${column} * 1000000`);
  return `case kind ${tokens.join(' ')} else cast(round(element_at(units, kind) * 1000000) as bigint) end`;
}

/**
 * Millionths of a unit at a price, in whole numbers, rounded half to even as the engine does. Whole units and millions of the
 * price are taken out first, so that nothing is larger than its type: engines differ in how they divide decimals.
 */
function timesSql(price: string): string {
  const part = 'micros % 1000000';
  const small = `(${price} % 1000000) * (${part})`;
  const whole =
    `cast((micros - ${part}) / 1000000 as bigint) * ${price} + cast((${price} - ${price} % 1000000) / 1000000 as bigint) * (${part})` +
    ` + cast((${small} - (${small}) % 1000000) / 1000000 as bigint)`;
  const rest = `(${small}) % 1000000`;
  return `cast(${whole} + case when ${rest} > 500000 or (${rest} = 500000 and (${whole}) % 2 = 1) then 1 else 0 end as decimal(38,0))`;
}

const modelSql = (...values: string[]): string => `(${values.map(textSql).join(', ')})`;
const textSql = (text: string): string => `'${text.replaceAll("'", "''")}'`;
