import { readBodyCount } from './counters';
import type { CountSource, Dialect, UsagePaths } from './dialect';
import { DIALECTS, INVOCATION_METRICS } from './dialects';
import { isObject, readObject, valueAt, type Json } from './json';

/** Token counts of a response body. Each is absent where the body does not have it, and NaN where it cannot be read. */
export interface BodyUsage {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  /** Whether `input` holds the cached tokens too. Absent where that is not known. */
  readonly inputHoldsCached?: boolean;
}

const COUNTS = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite5m', 'cacheWrite1h'] as const;
const ROWS: readonly Dialect[] = Object.values(DIALECTS);

/** The usage of a response body: an object, or the chunks of a stream, of which later counts replace earlier ones. */
export function bodyUsage(body: unknown): BodyUsage | undefined {
  if (!Array.isArray(body)) {
    return isObject(body) ? usageOf(body) : undefined;
  }
  let merged: BodyUsage | undefined;
  for (const chunk of body) {
    const usage = isObject(chunk) ? usageOfChunk(chunk) : undefined;
    merged = usage ? { ...merged, ...usage } : merged;
  }
  return merged;
}

/** The usage by the first dialect that finds one. */
function usageOf(body: Json): BodyUsage | undefined {
  for (const { response } of ROWS) {
    const usage = response?.usage && readUsage(body, response.usage);
    if (usage) {
      return usage;
    }
  }
  return undefined;
}

function usageOfChunk(chunk: Json): BodyUsage | undefined {
  const ofModel = usageInMember(chunk) ?? usageOf(chunk);
  const ofBedrock = readUsage(chunk, INVOCATION_METRICS);
  if (!ofBedrock) {
    return ofModel;
  }
  // Bedrock's own count of input need not have the meaning that it has for the model.
  return { ...ofModel, ...ofBedrock, ...(ofBedrock.input !== undefined && { inputHoldsCached: undefined }) };
}

function usageInMember(chunk: Json): BodyUsage | undefined {
  for (const { response } of ROWS) {
    const body = response?.chunkMember === undefined ? undefined : readObject(chunk[response.chunkMember]);
    const usage = body && response?.usage && readUsage(body, response.usage);
    if (usage) {
      return usage;
    }
  }
  return undefined;
}

/** The counts that are there; undefined where the body has none of the members that the dialect must have. */
function readUsage(body: Json, paths: UsagePaths): BodyUsage | undefined {
  if (paths.when.every((path) => valueAt(body, path) === undefined)) {
    return undefined;
  }
  const usage: Partial<Record<(typeof COUNTS)[number], number>> & { inputHoldsCached?: boolean } = {};
  for (const name of COUNTS) {
    const count = readFirst(body, paths[name]);
    if (count !== undefined) {
      usage[name] = count;
    }
  }
  if (paths.inputHoldsCached !== undefined && usage.input !== undefined) {
    usage.inputHoldsCached = paths.inputHoldsCached;
  }
  return usage;
}

function readFirst(body: Json, sources: CountSource | readonly CountSource[] = []): number | undefined {
  for (const source of typeof sources === 'object' ? sources : [sources]) {
    const count = typeof source === 'function' ? source(body) : readBodyCount(valueAt(body, source));
    if (count !== undefined) {
      return count;
    }
  }
  return undefined;
}
