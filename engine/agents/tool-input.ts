import { isObject, type Json } from '../records/json';
import { type Attributes, attributesOf, firstOf } from './attributes';
import { TOOL_INPUT_KEYS } from './span-keys';

const SEEDS = [0x811c9dc5, 0x2f0b4a7c] as const;
const PRIME = 0x01000193;

/** Characters that are hashed: the beginning tells inputs apart, and an input can be of any length. */
const MAX_LENGTH = 4096;

/** The event in which Strands Agents writes what a tool is given. */
const STRANDS_EVENT = 'gen_ai.tool.message';

/**
 * A hash of what a tool was given (FNV-1a with two seeds), so that equal calls in a row can be counted. The text itself is not kept, and
 * the hash is compared within a trace and never shown.
 */
export function toolInputOf(raw: Json, attributes: Attributes): string | undefined {
  const text = firstOf(attributes, TOOL_INPUT_KEYS, readText) ?? ofEvents(raw.events);
  return text === undefined ? undefined : hash(text);
}

function ofEvents(events: unknown): string | undefined {
  if (!Array.isArray(events)) return undefined;
  const event = events.find((each) => isObject(each) && each.name === STRANDS_EVENT) as Json | undefined;
  return event && firstOf(attributesOf(event.attributes), TOOL_INPUT_KEYS, readText);
}

const readText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function hash(text: string): string {
  let [one, other]: [number, number] = [...SEEDS];
  for (let at = 0; at < text.length && at < MAX_LENGTH; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), PRIME);
    other = Math.imul(other ^ text.charCodeAt(at), PRIME);
  }
  return [one >>> 0, other >>> 0, text.length].map((part) => part.toString(36)).join('.');
}
