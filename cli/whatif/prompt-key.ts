import { createHash } from 'node:crypto';
import type { Call } from '../../engine/records/call';
import { promptText } from '../../engine/records/prompt-text';

/** Equal for calls with the same prompt that one cache can serve: caches are of an account, a Region and a model. */
export function promptKey({ accountId, region, modelId }: Pick<Call, 'accountId' | 'region' | 'modelId'>, hash: string): string {
  return JSON.stringify([accountId, region, modelId, hash]);
}

/** The key of a record; undefined where it has no text. The text itself is not kept. */
export function promptKeyOf(call: Call): string | undefined {
  const text = promptText(call.inputBody);
  return text === undefined ? undefined : promptKey(call, createHash('sha256').update(text).digest('base64'));
}
