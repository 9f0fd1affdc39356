import { InvokeAgentEvents } from '../../engine/agents/invoke-agent-events';
import type { Span } from '../../engine/agents/span';
import { spansIn } from '../../engine/agents/span-forms';
import { isObject } from '../../engine/records/json';
import type { Source } from '../input/source';
import { readJsonValues } from '../input/json-values';

/** Members of a recorded response in which its events are. */
const EVENT_LISTS = ['completion', 'events'];

export interface SpanReader {
  span(span: Span): void;
  unreadable(line: number): void;
}

/** The spans of a source: spans in every form, and the steps of recorded InvokeAgent responses. */
export async function readSpans(source: Source, reader: SpanReader): Promise<void> {
  const responses = new InvokeAgentEvents();
  await readJsonValues(source, {
    value: (value) => {
      const found = spansIn(value);
      for (const span of found.spans) reader.span(span);
      return found.spans.length + found.logRecords > 0 || addEvents(value, responses);
    },
    unreadable: (line) => reader.unreadable(line),
  });
  for (const span of responses.found) reader.span(span);
}

function addEvents(value: unknown, responses: InvokeAgentEvents): boolean {
  if (Array.isArray(value)) return value.map((each) => addEvents(each, responses)).includes(true);
  if (responses.add(value)) return true;
  return isObject(value) && EVENT_LISTS.map((name) => Array.isArray(value[name]) && addEvents(value[name], responses)).includes(true);
}
