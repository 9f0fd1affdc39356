/** Stop reasons of complete answers, in the spelling of each family. A filter or an error is neither complete nor cut off. */
const COMPLETED = new Set([
  'end_turn',
  'stop',
  'stop_sequence',
  'tool_use',
  'tool_calls',
  'function_call',
  'FINISH',
  'FINISHED',
  'COMPLETE',
  'STOP',
  'STOP_SEQUENCE',
  'TOOL_CALL',
  'endoftext',
  'completed',
]);

/** Stop reasons of answers that a token limit cut off. */
const TRUNCATED = new Set(['max_tokens', 'length', 'LENGTH', 'MAX_TOKENS', 'max_output_tokens', 'model_context_window_exceeded']);

/** Stop reasons of answers that a filter, an error or the caller ended. */
const ENDED_OTHERWISE = new Set([
  'guardrail_intervened',
  'content_filtered',
  'content_filter',
  'CONTENT_FILTERED',
  'refusal',
  'pause_turn',
  'malformed_model_output',
  'malformed_tool_use',
  'ERROR',
  'ERROR_LIMIT',
  'ERROR_TOXIC',
  'USER_CANCEL',
  'RAG_QUERY_WHEN_RAG_DISABLED',
  'error',
  'cancelled',
  'failed',
]);

/** What is written in place of a name that no service is known to use: it may be text of a model or a caller. */
export const OTHER_NAME = 'other';

const KNOWN = new Set([...COMPLETED, ...TRUNCATED, ...ENDED_OTHERWISE]);

export const isCompleted = (stopReason: string | undefined): boolean => stopReason !== undefined && COMPLETED.has(stopReason);

export const isTruncated = (stopReason: string | undefined): boolean => stopReason !== undefined && TRUNCATED.has(stopReason);

/** A stop reason that is known, else `other`; undefined for what is no text. */
export const readStopReason = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  return KNOWN.has(value) ? value : OTHER_NAME;
};
