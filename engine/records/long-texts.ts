import { pathsOf } from './dialects';

/**
 * Longer texts in bodies are left out. Nothing in a body that is longer is ever read, and the names that are read have up to 64
 * characters, each of which can be an escape of seven (`\\u0041` in a subscription).
 */
const MAX_LENGTH = 1024;

/** Stands in for a text: no name that is read is as long, and none is like it. */
const LEFT_OUT = 'left out '.repeat(12).trim();

const BODIES = ['inputBodyJson', 'outputBodyJson'] as const;
const HALVES: ReadonlySet<string> = new Set(['input', 'output']);

/** The members of bodies that are read however long they are. */
const EXACT: ReadonlySet<string> = new Set(
  pathsOf(({ response }) => response?.invokedModel).map((path) => path.slice(path.lastIndexOf('.') + 1)),
);

/** The depth at which the bodies are: within the record, and within its input or output. */
const DEPTH_OF_BODIES = 2;

const [BACKSLASH, COLON, COMMA, LETTER_U] = [92, 58, 44, 117];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** A record as JSON, or as it is in a text of JSON, in which backslashes are in front of its quotes. */
type Quoting = 'plain' | 'inText';

/** A text of a record without its quotes, and the places at which it begins and ends. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Leaves long texts of the bodies of a record out before it is parsed, which takes most of the time of large records. What is
 * outside of texts, all of the envelope, names of members and short texts stay as they are, so that the record means the same.
 * Only JSON that is damaged within a long text is not noticed any more.
 */
class LongTexts {
  /** The text without what was left out, up to `copied`. */
  private parts = '';
  private copied = 0;
  private end = 0;
  private depth = 0;
  private inHalf = false;
  private inBody = false;
  private last: Span = { from: 0, to: 0 };
  private readonly quoteLength: number;
  private readonly inText: boolean;

  constructor(
    private readonly text: string,
    quoting: Quoting,
  ) {
    this.inText = quoting === 'inText';
    this.quoteLength = this.inText ? 2 : 1;
  }

  /** Everything, without the long texts of the records that were read. */
  public get rest(): string {
    return this.copied === 0 ? this.text : this.parts + this.text.slice(this.copied);
  }

  /**
   * Reads a record up to its end, or up to where it is no JSON.
   *
   * @returns the end: the place of the quote that ends the text which the record is in, or that of the text itself
   */
  public readRecord(start: number): number {
    this.depth = 0;
    this.inHalf = this.inBody = false;
    this.last = { from: start, to: start };
    this.end = this.text.length;
    for (let gap = start; ;) {
      const from = this.afterQuote(gap);
      if (from > this.end) return this.end;
      this.readGap(gap, from - this.quoteLength);
      gap = this.afterQuote(from);
      if (gap > this.end) return this.end;
      this.readText({ from, to: gap - this.quoteLength }, gap);
    }
  }

  /** As `readRecord`, without what it leaves out where a character at `unsure` may be a quote or a bracket. */
  public readSureRecord(start: number, unsure: number): number {
    const { parts, copied } = this;
    const end = this.readRecord(start);
    if (unsure < end) {
      this.parts = parts;
      this.copied = copied;
    }
    return end;
  }

  /** The place behind the next quote of the record; Infinity, and `end` is known, where it ends before. */
  private afterQuote(from: number): number {
    const { text, inText } = this;
    for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
      let backslashes = 0;
      while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
      if (inText ? backslashes % 4 === 1 : backslashes % 2 === 0) return at + 1;
      // The quote at the end of the text that the record is in.
      if (inText && backslashes % 2 === 0) {
        this.end = at;
        return Infinity;
      }
    }
    return Infinity;
  }

  /** What is between two texts: brackets, commas, numbers. */
  private readGap(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const character = this.text.charCodeAt(at);
      if (character === OPEN_OBJECT || character === OPEN_LIST) this.depth += 1;
      else if (character === CLOSE_OBJECT || character === CLOSE_LIST) this.depth -= 1;
      if (this.depth < DEPTH_OF_BODIES || (this.depth === DEPTH_OF_BODIES && character === COMMA)) this.inBody = false;
    }
  }

  private readText(span: Span, after: number): void {
    const { text, depth } = this;
    const { from, to } = span;
    const isName = text.charCodeAt(after) === COLON;
    if (this.inBody) {
      if (to - from > MAX_LENGTH && !isName && this.canBeLeftOut(from, after)) this.leaveOut(span);
    } else if (depth === 1) {
      this.inHalf = isName && HALVES.has(text.slice(from, to));
    } else if (depth === DEPTH_OF_BODIES && this.inHalf && isName) {
      this.inBody = BODIES.some((name) => to - from === name.length && text.startsWith(name, from));
    }
    this.last = span;
  }

  /** Whether a text in a body is no name of a member, and not the value of one that is read in full or has escapes in its name. */
  private canBeLeftOut(from: number, after: number): boolean {
    const next = /\S/g;
    next.lastIndex = after;
    if (next.exec(this.text)?.[0] === ':') return false;
    const gap = this.text.slice(this.last.to + this.quoteLength, from - this.quoteLength);
    if (gap.trim() !== ':') return true;
    const name = this.text.slice(this.last.from, this.last.to);
    return !EXACT.has(name) && !name.includes('\\');
  }

  private leaveOut({ from, to }: Span): void {
    this.parts += this.text.slice(this.copied, from) + LEFT_OUT;
    this.copied = to;
  }
}

/** A record without long texts in its bodies. */
export function withoutLongTexts(record: string): string {
  if (record.length <= MAX_LENGTH) return record;
  const texts = new LongTexts(record, 'plain');
  texts.readRecord(0);
  return texts.rest;
}

const MESSAGE = '"message":"';

/** The end of the names of both bodies. */
const BODY = 'BodyJson';

/** Records of fewer characters are not worth reading twice. */
const MIN_RECORD = 2048;

/** The payload of a subscription, whose records are texts, without long texts in the bodies of the records. */
export function withoutLongTextsOfMessages(payload: string): string {
  if (!payload.includes(BODY)) return payload;
  const texts = new LongTexts(payload, 'inText');
  let escape = -1;
  for (let at = payload.indexOf(MESSAGE); at >= 0;) {
    const from = at + MESSAGE.length;
    const next = payload.slice(from, from + MIN_RECORD).indexOf(MESSAGE);
    if (next >= 0) {
      at = from + next;
      continue;
    }
    if (escape < from) escape = nextEscape(payload, from);
    // From the end of the record: in long texts, the search would stop at each quote.
    at = payload.indexOf(MESSAGE, texts.readSureRecord(from, escape));
  }
  return texts.rest;
}

/**
 * The next place at which a character of ASCII is written by its number, by which a quote or a bracket could be missed. Texts have
 * fewer zeros than other characters of such an escape.
 */
function nextEscape(text: string, from: number): number {
  for (let at = text.indexOf('00', from); at >= 0; at = text.indexOf('00', at + 1)) {
    if (text.charCodeAt(at - 1) !== LETTER_U) continue;
    let before = at - 1;
    while (before > from && text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((at - 1 - before) % 2 === 1) return at;
  }
  return Infinity;
}
