/** What one unit of a kind is. Rates of tokens are published per million, all others per unit. */
export type Unit = 'token' | 'image' | 'second' | 'request' | 'feature' | 'hour' | 'minute' | 'month';

/** Every kind of consumption that has a price somewhere. */
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
  searchUnit: 'request',
  request: 'feature',
  query: 'feature',
  contentPolicyUnit: 'feature',
  contentPolicyImageUnit: 'feature',
  topicPolicyUnit: 'feature',
  wordPolicyUnit: 'feature',
  sensitiveInformationUnit: 'feature',
  sensitiveInformationFreeUnit: 'feature',
  contextualGroundingUnit: 'feature',
  automatedReasoningUnit: 'feature',
  modelUnitHour: 'hour',
  inputTpmHour: 'hour',
  outputTpmHour: 'hour',
  cmuMinute: 'minute',
  cmuMonth: 'month',
  modelMonth: 'month',
};

/** The kinds a cache write can turn out to be when a record does not tell its lifetime. */
export const CACHE_WRITES = ['cacheWrite5m', 'cacheWrite30m', 'cacheWrite1h'] as const;

const MODEL_WORK: ReadonlySet<Unit> = new Set<Unit>(['token', 'image', 'second', 'request']);

/** The kinds of work of a model, which costs nothing where its capacity is paid by the hour; guardrails and searches still do. */
export const WORK_KINDS: readonly string[] = Object.keys(KINDS).filter((kind) => MODEL_WORK.has(KINDS[kind]!) && kind !== 'training');
