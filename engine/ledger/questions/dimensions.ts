import { PRINCIPAL_OF_LINE } from '../calls';
import { Member } from '../members';

const { accountId, caller, errorCode, model, modelId, modelName, operation, priceRow, profile, reason, region, requestId, routing } =
  Member;
const { serviceTier, source, status, time, tokens } = Member;

/** What calls are grouped by, in both languages. */
export interface Dimension {
  /** Logs Insights: an expression over a line, which all lines of a call have in common. */
  readonly ofLine?: string;
  /** Logs Insights: what `ofCall` needs of a line, worked out first. */
  readonly computed?: string;
  /** Logs Insights: an aggregate of the lines of a call, where they differ. */
  readonly ofCall?: string;
  /** Logs Insights: stands in for a missing `ofCall`, and is the same in all lines of a call. */
  readonly otherwise?: string;
  /** SQL: an expression over the row of a call. */
  readonly sql: string;
}

const METADATA = 'metadata.';

const ofLine = (expression: string, sql: string) => ({ ofLine: expression, sql });
/** Lines of a call that failed lack what the priced one has. */
const ofCall = (member: string, sql: string) => ({ ofCall: `sortsLast(${member})`, sql });

const DIMENSIONS = {
  /** In UTC. */
  day: ofLine(`substr(${time}, 0, 10)`, 'cast(cast("time" as date) as varchar)'),
  /** By the name that people say. Lines of version 0.1 have none, and a model of your own price has only its id. */
  model: {
    computed: `coalesce(${modelName}, ${model}) as namedModel`,
    ofCall: 'sortsLast(namedModel)',
    otherwise: modelId,
    sql: 'coalesce(model_name, model, model_id)',
  },
  modelId: ofLine(modelId, 'model_id'),
  pricedModel: ofCall(model, 'model'),
  account: ofLine(accountId, 'account_id'),
  region: ofLine(region, 'region'),
  /** The session of a role. */
  caller: ofLine(caller, 'caller'),
  /** The role of a role, and every other principal as it is. */
  principal: ofLine(PRINCIPAL_OF_LINE, 'coalesce("role", caller)'),
  profile: ofLine(profile, 'profile'),
  operation: ofLine(operation, 'operation'),
  source: ofLine(source, 'source'),
  tier: ofLine(`coalesce(${serviceTier}, "standard")`, "coalesce(service_tier, 'standard')"),
  routing: ofCall(routing, 'routing'),
  priceRow: ofCall(priceRow, 'price_row'),
  writes5m: ofLine(`ispresent(${tokens.cacheWrite5m})`, 'cast(cache_write_5m_tokens is not null as integer)'),
  writes1h: ofLine(`ispresent(${tokens.cacheWrite1h})`, 'cast(cache_write_1h_tokens is not null as integer)'),
  requestId: ofLine(requestId, 'request_id'),
  status: ofCall(status, 'status'),
  reason: ofCall(reason, 'reason'),
  error: ofCall(errorCode, 'error_code'),
} as const satisfies Readonly<Record<string, Dimension>>;

/** A name of the table, or a key of the request metadata. */
export type DimensionName = keyof typeof DIMENSIONS | `${typeof METADATA}${string}`;

/** What lines can be grouped by without being those of a call. */
export type LineDimensionName = {
  [K in keyof typeof DIMENSIONS]: (typeof DIMENSIONS)[K] extends { readonly ofLine: string } ? K : never;
}[keyof typeof DIMENSIONS];

/** The name of its column. A key of the metadata has another than its field, because names of fields can have any characters. */
export const columnOf = (name: DimensionName): string => (name.startsWith(METADATA) ? 'owner' : name);

export function dimensionOf(name: DimensionName): Dimension {
  if (!name.startsWith(METADATA)) return DIMENSIONS[name as keyof typeof DIMENSIONS];
  const key = name.slice(METADATA.length);
  // Keys have no backtick and no quote: Bedrock accepts letters, digits, spaces and :_@$#=/+,-.
  return ofLine(`\`${Member.metadata}.${key}\``, `element_at(metadata, '${key}')`);
}
