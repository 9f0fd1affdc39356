import { readObject, readText, valueAt, type Json } from '../engine/records/json';
import { message } from './content';

/** The prompt of a request body as messages of the conventions. */
export function inputMessages(body: Json): unknown {
  if (!Array.isArray(body.messages)) return message('user', body.prompt ?? body.inputText);
  return body.messages.map((each: unknown) => messageOf(readObject(each) ?? {}));
}

/** One message of Converse, Anthropic or OpenAI. */
export function messageOf({ role, content }: Json): unknown {
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [{ text: content }];
  return { role, parts: blocks.map((block) => partOf(readObject(block) ?? {})) };
}

function partOf(block: Json): unknown {
  const use = readObject(block.toolUse) ?? (block.type === 'tool_use' ? block : undefined);
  if (use) return { type: 'tool_call', id: use.toolUseId ?? use.id, name: use.name, arguments: use.input };
  const result = readObject(block.toolResult) ?? (block.type === 'tool_result' ? block : undefined);
  if (result) return { type: 'tool_call_response', id: result.toolUseId ?? result.tool_use_id, response: result.content };
  const text = readText(block.text);
  return text === undefined ? { type: Object.keys(block)[0] ?? 'unknown' } : { type: 'text', content: text };
}

/** Where the model families have their answers, and parts of them in the chunks of a stream. */
const ANSWERS: readonly string[] = [
  'contentBlockDelta.delta.text',
  'delta.text',
  'choices.0.delta.content',
  'content.0.text',
  'choices.0.message.content',
  'generation',
  'outputText',
  'results.0.outputText',
  'outputs.0.text',
  'completion',
];

/** The answer in a response body, or the part of it in a chunk. */
export const answerIn = (body: unknown): string | undefined =>
  ANSWERS.map((path) => readText(valueAt(body, path))).find((text) => text !== undefined);
