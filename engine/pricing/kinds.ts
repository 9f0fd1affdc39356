/** What is counted. Rates of tokens are published per million tokens, all others per one unit. */
export type Unit =
  | 'token'
  | 'image'
  | 'second'
  | 'request'
  | 'search unit'
  | 'feature request'
  | 'query'
  | 'text unit'
  | 'guarded image'
  | 'model unit hour'
  | '1K tokens-per-minute hour'
  | 'custom model unit minute'
  | 'custom model unit month'
  | 'custom model month';

/** Every kind of consumption that AWS prices, and its unit. */
export const KINDS: Readonly<Record<string, Unit>> = {
  input: 'token',
  cacheRead: 'token',
  cacheWrite5m: 'token',
  cacheWrite1h: 'token',
  cacheWrite30m: 'token',
  output: 'token',
  speechInput: 'token',
  speechOutput: 'token',
  audioInput: 'token',
  imageInput: 'token',
  videoInput: 'token',
  imageOutput: 'token',
  training: 'token',
  image: 'image',
  documentImage: 'image',
  second: 'second',
  audioSecond: 'second',
  videoSecond: 'second',
  textRequest: 'request',
  searchUnit: 'search unit',
  request: 'feature request',
  query: 'query',
  contentPolicyUnit: 'text unit',
  contentPolicyImageUnit: 'guarded image',
  topicPolicyUnit: 'text unit',
  wordPolicyUnit: 'text unit',
  sensitiveInformationUnit: 'text unit',
  sensitiveInformationFreeUnit: 'text unit',
  contextualGroundingUnit: 'text unit',
  automatedReasoningUnit: 'text unit',
  modelUnitHour: 'model unit hour',
  inputTpmHour: '1K tokens-per-minute hour',
  outputTpmHour: '1K tokens-per-minute hour',
  cmuMinute: 'custom model unit minute',
  cmuMonth: 'custom model unit month',
  modelMonth: 'custom model month',
};

/** The kinds that a cache write can be where the record does not say how long the cached tokens live. */
export const CACHE_WRITES = ['cacheWrite5m', 'cacheWrite30m', 'cacheWrite1h'] as const;

/**
 * The unit of tokens that may have been input at its full rate, or may be counted in full under the cached kinds already:
 * nothing at the lowest cost, the input rate at the highest. No row names it.
 */
export const POSSIBLE_INPUT = 'possibleInput';

const MODEL_WORK: ReadonlySet<Unit> = new Set<Unit>(['token', 'image', 'second', 'request', 'search unit']);

/**
 * What a model consumes to answer. It costs nothing where the capacity of the model is paid by the hour; guardrails and
 * searches are billed all the same.
 */
export const WORK_KINDS: readonly string[] = Object.keys(KINDS).filter((kind) => MODEL_WORK.has(KINDS[kind]!) && kind !== 'training');
