/** Stop reasons, in the spelling of each family, by what they say about the answer. Others, such as a filter, say neither. */
const COMPLETED = new Set([
  'end_turn',
  'stop',
  'stop_sequence',
  'tool_use',
  'tool_calls',
  'FINISH',
  'FINISHED',
  'COMPLETE',
  'STOP',
  'endoftext',
  'completed',
]);
const TRUNCATED = new Set(['max_tokens', 'length', 'LENGTH', 'MAX_TOKENS', 'max_output_tokens', 'model_context_window_exceeded']);

/** True if the answer is whole. */
export const isCompleted = (stopReason: string | undefined): boolean => stopReason !== undefined && COMPLETED.has(stopReason);

/** True if the answer was cut off by a token limit. */
export const isTruncated = (stopReason: string | undefined): boolean => stopReason !== undefined && TRUNCATED.has(stopReason);
