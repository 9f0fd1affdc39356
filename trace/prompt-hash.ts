import { createHmac } from 'node:crypto';
import { promptText } from '../engine/records/prompt-text';
import type { TraceOptions } from './options';

/** The hash that the ledger has for the same prompt and the same key. */
export function promptHashOf(body: unknown, { promptHashKey }: TraceOptions): string | undefined {
  const text = promptHashKey === undefined ? undefined : promptText(body);
  return text === undefined ? undefined : createHmac('sha256', promptHashKey!).update(text).digest('hex');
}
