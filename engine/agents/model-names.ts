const ARN_NAME = /^arn:[^/]*\/(.+)$/;
const PROFILE_ARN =
  /:(application-inference-profile|prompt|provisioned-model|custom-model[\w-]*|imported-model|(default-)?prompt-router)\//;

/** Prefixes of LiteLLM and others. */
const CLIENT = /^(bedrock_converse|bedrock|amazon-bedrock|converse|invoke|litellm|models)\//;
const VENDOR =
  /^(?:[a-z-]{2,7}\.)?(?:amazon|anthropic|meta|mistral|cohere|ai21|deepseek|qwen|openai|stability|writer|twelvelabs|luma|moonshotai|moonshot|minimax|nvidia|google|zai|xai)\./;
const VERSION = /(-v\d+)?(:\d+(:\d+k)?)?$/;
const DATE = /-(20\d{6}|20\d\d-\d\d-\d\d)$/;

/** Names that some libraries write in the place of a model: they name its vendor. */
const VENDORS: ReadonlySet<string> = new Set(['anthropic', 'amazon', 'meta', 'mistral', 'cohere', 'ai21', 'deepseek', 'qwen', 'openai']);

/** The id in a name of LiteLLM (`bedrock/us.anthropic…`). */
export function withoutClient(model: string): string {
  let name = model;
  while (CLIENT.test(name)) name = name.replace(CLIENT, '');
  return name;
}

/**
 * A model without Region, vendor, and version, which libraries leave out: `claude-sonnet-4-5-20250929`. Undefined where the name
 * does not say which model it is: an application inference profile, or the vendor alone.
 */
export function modelStem(model: string | undefined): string | undefined {
  if (model === undefined) return undefined;
  if (!stems.has(model)) {
    if (stems.size >= MAX_STEMS) stems.clear();
    stems.set(model, stemOf(model));
  }
  return stems.get(model);
}

/** A few models are compared again and again, each call with each record at its time. */
const stems = new Map<string, string | undefined>();
const MAX_STEMS = 1000;

function stemOf(model: string): string | undefined {
  if (PROFILE_ARN.test(model)) return undefined;
  const name = withoutClient(ARN_NAME.exec(model)?.[1] ?? model).toLowerCase();
  const stem = name.replace(VENDOR, '').replace(VERSION, '');
  return stem === '' || VENDORS.has(stem) ? undefined : stem;
}

/** Whether two names can be of one model. A name that does not say which model it is can be any. */
export function canBeSameModel(one: string | undefined, other: string | undefined): boolean {
  const [first, second] = [modelStem(one), modelStem(other)];
  if (first === undefined || second === undefined || first === second) return true;
  return first.replace(DATE, '') === second.replace(DATE, '') && (DATE.test(first) ? !DATE.test(second) : DATE.test(second));
}
