import { LEDGER_COLUMNS } from '../columns';

/** What names a row without the id of a request and of an event. */
const OTHER_IDENTITY = ['account_id', 'region', 'model_id', 'caller', 'source', 'cast("time" as varchar)', 'cast(cost_pico as varchar)'];

const CALL_ID = `coalesce(request_id, event_id, concat_ws('|', ${OTHER_IDENTITY.join(', ')}))`;

/** What decides which of the rows of a call holds: a price over its absence, and both over a failure. */
const RANK = "case status when 'priced' then 3 when 'unpriced' then 2 else 1 end";

const WRITTEN = ['cache_write_5m_tokens', 'cache_write_1h_tokens', 'cache_write_tokens'];

/** Input tokens without those read from the prompt cache. NULL where tokens are unknown. */
export const SENT_COLUMNS = `(input_tokens + ${WRITTEN.map((name) => `coalesce(${name}, 0)`).join(' + ')})`;

const usd = (column: string): string => `cast(${column} as decimal(19,0)) * cast('0.000000000001' as decimal(13,12))`;

/** Lines for records that could not be read are not calls. */
export const NOT_MALFORMED = "status <> 'malformed'";

/** Columns that a call has in another form than its rows. */
const OWN = ['cost_pico', 'cost_high_pico', 'error_code'];

/**
 * One row for each call, of SQL that Athena and DuckDB share. A call has several rows where its record was delivered to two
 * functions or its batch was tried again, and where it failed after it had used tokens: the price is then of one, the error of
 * another.
 *
 * Costs are decimals to the pico-dollar, and NULL where they are unknown.
 *
 * @param where a condition of the rows, for example of their time
 */
export function callsSql(table: string, where?: string): string {
  const kept = LEDGER_COLUMNS.map(({ name }) => name).filter((name) => !OWN.includes(name));
  return `select call_id, "lines", ${kept.map((name) => `"${name}"`).join(', ')}, error_code,
  ${SENT_COLUMNS} + coalesce(cache_read_tokens, 0) as all_input_tokens,
  ${usd('cost_pico')} as cost_usd, ${usd('cost_high_pico')} as cost_high_usd
from (
  select ${kept.map((name) => `"${name}"`).join(', ')}, cost_pico, cost_high_pico, call_id,
    max(error_code) over (partition by call_id) as error_code,
    count(*) over (partition by call_id) as "lines",
    row_number() over (partition by call_id order by ${RANK} desc, cost_pico desc nulls last, written_at) as place
  from (select *, ${CALL_ID} as call_id from ${table} where ${[NOT_MALFORMED, ...(where ? [where] : [])].join(' and ')}) as every_row
) as ranked
where place = 1`;
}
