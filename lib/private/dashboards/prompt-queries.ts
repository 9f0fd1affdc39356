import { LogQuery } from './log-query';

/** The queries over the invocation records, which hold prompts: each title says so, and none may have a widget. */
export const PROMPT_QUERIES: ReadonlyArray<Omit<LogQuery, 'widget'>> = [
  {
    id: 'OneCall',
    title: 'READS PROMPTS: one call by its request id',
    lines: ['filter requestId = "put the request id here"', 'fields @timestamp, @message', 'limit 5'],
  },
];
