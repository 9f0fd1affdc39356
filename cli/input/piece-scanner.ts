import { firstMember } from './damaged-json';
import { type IsList, JsonValue, memberBefore, type Place, tailOf } from './json-value';
import { OpenLists } from './open-lists';
import type { ScannedLine } from './scanned-line';

/** What a value turned out to be: no JSON, JSON without a record, or a record or something around records. */
export type ValueKind = 'noJson' | 'foreign' | 'record';

export interface FoundValue {
  /** A whole object, list or text. */
  readonly text: string;
  readonly line: number;
  /** The text in front of it on its line. */
  readonly before: string;
  /** Whether it is what is left of damaged text. If it is foreign as well, it does not count. */
  readonly isLeft: boolean;
}

export interface ValueReader {
  value(value: FoundValue): ValueKind;
  /** A value that is cut off or damaged. */
  damaged(line: number): void;
  /** A value of more than 16 million characters. */
  tooLong(line: number): void;
}

/** What is known of a piece that is a part of damaged text. */
export interface PieceOfDamage {
  readonly isFirst: boolean;
  /** Whether a value in it counts only if nothing follows. */
  readonly isDoubtful: boolean;
}

/** Text from which no values can be read, up to the end of the piece. */
export interface Damage {
  readonly text: string;
  readonly place: Place;
}

/** A list at the beginning of a line. `[2026-11-20 10:00:00]` and `[INFO]` begin a line of text. */
const LIST_START = /\s*\[(?=\s*(?:[[{"\]]|-?\d+\s*,|$))/y;

/** An object, or a text that has one in it, also one that was made a text several times. */
const VALUE_START = /\{(?=\s*(?:["}]|$))|"(?=\s*(?:\\+"\s*)*[[{][\s[{]*\\+")/g;

/** Text in front of a value that is the inside of another one, whose beginning is lost. */
const INSIDE_JSON = /(?:"\s*:|[}\]]\s*,|[[{])\s*$/;

/** Text in front of a value that is within a record, in a notation that is not known: callers may have written the value. */
const INSIDE_RECORD =
  /(?:^\s*(?:- )*|[{(,]\s*)['"]?(?:schemaType|modelId|identity|requestMetadata|(?:in|out)put(?:BodyJson)?)['"]?\s*[=:]/i;

export const isInsideRecord = (before: string): boolean => INSIDE_RECORD.test(before);

/** What may be between values in a line. */
const BETWEEN_VALUES = /^[\s,;}\]]*$/;

/** Finds the JSON values in the pieces of a line: behind other text, in lists, and in what is around lists. */
export class PieceScanner {
  public readonly lists = new OpenLists();
  /** The value that is being read. */
  public value?: JsonValue;
  /** With which member the last record began. */
  public member?: string;
  private tail = '';

  constructor(
    private readonly reader: ValueReader,
    private readonly isList: IsList,
  ) {}

  /** Reads a piece up to its end, or up to text that is damaged. */
  public scan(piece: string, line: ScannedLine, part?: PieceOfDamage): Damage | undefined {
    let next: number | Damage = 0;
    while (typeof next === 'number' && next < piece.length && !line.ignored) {
      if (this.value) next = this.goOn(this.value, piece, next, line, part);
      else next = this.lists.areNone ? this.nextInText(piece, next, line) : this.nextInList(piece, next, line);
    }
    this.tail = tailOf(piece, this.tail);
    return typeof next === 'number' ? undefined : next;
  }

  public endLine(): void {
    this.tail = tailOf('\n', this.tail);
    this.value?.read('\n', 0);
  }

  /** Counts what is around lists as one damaged value, where it is cut off after a list. */
  public giveUpLists(line: ScannedLine): void {
    this.lists.giveUp();
    this.reader.damaged(line.number);
    line.hasJson = false;
  }

  private nextInText(piece: string, at: number, line: ScannedLine): number | Damage {
    LIST_START.lastIndex = at;
    // Also behind JSON, with which it is joined.
    if ((at === 0 || (line.hasJson && !line.isText)) && LIST_START.test(piece)) {
      this.lists.open('[');
      line.hasJson = true;
      return LIST_START.lastIndex;
    }
    VALUE_START.lastIndex = at;
    const found = VALUE_START.exec(piece);
    if (!found) return piece.length;
    const before = piece.slice(at, found.index);
    const isFirst = !line.hasJson;
    line.hasJson = true;
    if (INSIDE_JSON.test(before)) return { text: piece.slice(at), place: line };
    if (isFirst) line.isText = before.trim() !== '';
    if (isFirst && isInsideRecord(before)) {
      this.reader.damaged(line.number);
      line.ignored = true;
      return piece.length;
    } else if (!line.isText && !BETWEEN_VALUES.test(before)) this.reader.damaged(line.number);
    this.open(line, isFirst && line.isText ? before : '');
    return found.index;
  }

  private nextInList(piece: string, at: number, line: ScannedLine): number | Damage {
    const { character, index, isDamaged } = this.lists.next(piece, at, this.tail);
    if (isDamaged && this.lists.holdValues) return { text: piece.slice(at), place: line };
    if (isDamaged) {
      this.giveUpLists(line);
      return at;
    }
    if (character === ']' || character === '}') {
      this.lists.close(character);
    } else if (!this.lists.holdValues && character !== '"' && this.isList(memberBefore(piece, index, this.tail))) {
      this.lists.open(character);
    } else {
      if (character !== '') this.open(line, '', !this.lists.holdValues);
      return index;
    }
    return index + 1;
  }

  private open({ number, indent }: ScannedLine, before: string, skipped = false): void {
    this.value = new JsonValue({ number, indent, before, skipped }, skipped ? () => false : this.isList);
  }

  private goOn(value: JsonValue, piece: string, at: number, line: ScannedLine, part?: PieceOfDamage): number | Damage {
    const end = value.read(piece, at);
    if (value.state === 'open') return end;
    this.value = undefined;
    if (value.state === 'list') this.lists.open('{', piece.charAt(end - 1));
    else if (value.isTooLong) this.reader.tooLong(value.start.number);
    else if (!value.start.skipped) return this.complete(value, piece, end, line, part);
    return end;
  }

  private complete({ start, text }: JsonValue, piece: string, end: number, line: ScannedLine, part?: PieceOfDamage): number | Damage {
    const isInside = part?.isDoubtful && piece.slice(end).trim() !== '';
    const kind = isInside
      ? 'foreign'
      : this.reader.value({ text, line: start.number, before: start.before, isLeft: part?.isFirst === false });
    if (kind === 'noJson') return { text: text + piece.slice(end), place: start };
    if (kind === 'record') this.member = firstMember(text);
    // What follows foreign JSON in a line of text, or in damaged text, is not searched for records.
    else line.ignored ||= isInside || start.before !== '';
    return end;
  }
}
