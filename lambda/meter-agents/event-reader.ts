import { isAscii } from 'node:buffer';
import { isObject } from '../../engine/records/json';
import { parseJson } from '../shared/parse-json';

export const WHAT = 'the subscription event';

/** The text between two events of a payload ends with this, and each event begins with it. */
const EVENT = '{"id":"';

/** How a span begins in CloudWatch Logs, within the text of a message, and what follows its resource. */
const START = Buffer.from(String.raw`"message":"{\"resource\":`, 'latin1');
const NEXT = Buffer.from(String.raw`},\"scope\":`, 'latin1');
const BRACE = 0x7b;
const BEFORE_BRACE = '"message":"'.length;

/** Takes the place of what was before it. */
const REST = Buffer.from('{"message":"{', 'latin1');

/** Where the resource of an event is, with the comma behind it, its text there, and what it is. */
interface Resource {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads single events of a payload. Half of the text of a span describes the service that wrote it, and is the same in span after span: it
 * is decoded and parsed once, and those spans have one object of it.
 */
export class EventReader {
  private readonly encoding: 'latin1' | 'utf8';
  private last?: Resource;

  /** @param bytes are changed where they were read */
  constructor(private readonly bytes: Buffer) {
    // A text of ASCII decodes faster as latin1, and JSON.parse reads its one-byte characters faster too.
    this.encoding = isAscii(bytes) ? 'latin1' : 'utf8';
  }

  public text(start: number, end?: number): string {
    return this.bytes.toString(this.encoding, start, end);
  }

  /**
   * The message of an event, as text or, where it has the resource of the one before it, parsed.
   *
   * @param end the place of its closing brace
   */
  public message(start: number, end: number, isWanted: (text: string) => boolean): unknown {
    const from = this.resourceAt(start, end);
    const resource = from === undefined ? undefined : this.known(from, end);
    if (from === undefined || !resource) {
      const text = this.text(start - EVENT.length, end + 1);
      if (from !== undefined) this.last = this.read(from, end);
      return isWanted(text) ? messageIn(text) : undefined;
    }
    const rest = from + resource.to - resource.from - REST.length;
    this.bytes.set(REST, rest);
    const text = this.text(rest, end + 1);
    // What makes a span one of an agent can be in its resource only.
    return isWanted(text) || isWanted(resource.text + text) ? withResource(messageIn(text), resource.value) : undefined;
  }

  /** Where the resource begins, if the message begins with one. */
  private resourceAt(start: number, end: number): number | undefined {
    const at = this.bytes.indexOf(BRACE, start) - BEFORE_BRACE;
    const from = at + START.length;
    return at > start && from < end && this.bytes.compare(START, 0, START.length, at, from) === 0 ? from : undefined;
  }

  private known(from: number, end: number): Resource | undefined {
    const { last, bytes } = this;
    if (!last) return undefined;
    const to = from + last.to - last.from;
    return to < end && bytes.compare(bytes, last.from, last.to, from, to) === 0 ? last : undefined;
  }

  /** Undefined where the resource does not end at the first place at which it can. */
  private read(from: number, end: number): Resource | undefined {
    const to = this.bytes.indexOf(NEXT, from) + 1;
    if (to === 0 || to >= end) return undefined;
    const text = this.text(from, to);
    try {
      return { from, to: to + 1, text, value: parseJson(parseJson(`"${text}"`, WHAT) as string, WHAT) };
    } catch {
      return undefined;
    }
  }
}

const messageIn = (event: string): unknown => messageOf(parseJson(event, WHAT));

export const messageOf = (event: unknown): unknown => (event as { readonly message?: unknown } | null)?.message;

/** What cannot be parsed stays a text. Of two members of one name the last one holds, as in JSON.parse. */
function withResource(text: unknown, resource: unknown): unknown {
  try {
    const value = parseJson(text as string, WHAT);
    if (isObject(value) && !Object.hasOwn(value, 'resource')) value.resource = resource;
    return value;
  } catch {
    return text;
  }
}
