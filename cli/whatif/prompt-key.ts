import { createHash } from 'node:crypto';
import type { Call } from '../../engine/records/call';
import { promptText } from '../../engine/records/prompt-text';

/**
 * Equal for calls with the same prompt that one cache can serve: caches are of an account, a Region and a model.
 *
 * @param prompt its text, or the hash that the meter wrote. It is not kept
 */
export function promptKey({ accountId, region, modelId }: Pick<Call, 'accountId' | 'region' | 'modelId'>, prompt: string): string {
  const cache = JSON.stringify([accountId, region, modelId]);
  return createHash('sha256').update(cache).update(prompt).digest('base64');
}

/** The key of a record with all its text; undefined where it has none. */
export function promptKeyOf(call: Call): string | undefined {
  const text = promptText(call.inputBody);
  return text === undefined ? undefined : promptKey(call, text);
}
