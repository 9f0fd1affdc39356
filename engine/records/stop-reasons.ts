/** Stop reasons of complete answers, in the spelling of each family. A filter or an error is neither complete nor cut off. */
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
/** Stop reasons of answers that a token limit cut off. */
const TRUNCATED = new Set(['max_tokens', 'length', 'LENGTH', 'MAX_TOKENS', 'max_output_tokens', 'model_context_window_exceeded']);

export const isCompleted = (stopReason: string | undefined): boolean => stopReason !== undefined && COMPLETED.has(stopReason);

export const isTruncated = (stopReason: string | undefined): boolean => stopReason !== undefined && TRUNCATED.has(stopReason);
