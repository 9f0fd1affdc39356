/**
 * The routing prefixes of cross-Region inference profiles: calls of `us.anthropic.claude-sonnet-4-6` run in any Region of the
 * US. A prefix that is not listed here is no geography, because a wrong guess would price a call as another model.
 *
 * Sources: "Supported Regions and models for inference profiles" in the Bedrock user guide and the prefix mapping of
 * github.com/awslabs/bedrock-usage-analyzer; `ap`, `in` and `kr` are listed by other public price tables only.
 */
export const GEOGRAPHIES: ReadonlySet<string> = new Set(['global', 'us', 'us-gov', 'eu', 'apac', 'ap', 'jp', 'au', 'ca', 'in', 'kr']);

/** A model id without its routing prefix. */
interface SplitModelId {
  /** Absent where the id has no known routing prefix. */
  readonly geography?: string;
  readonly model: string;
}

/** Takes one routing prefix off a model id; a second one stays part of the model. */
export function splitGeography(modelId: string): SplitModelId {
  const dot = modelId.indexOf('.');
  const prefix = modelId.slice(0, Math.max(0, dot));
  return GEOGRAPHIES.has(prefix) ? { geography: prefix, model: modelId.slice(dot + 1) } : { model: modelId };
}
