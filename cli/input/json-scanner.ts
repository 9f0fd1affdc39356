import { type DamagedPlace, firstMember, lineFeedsIn, partsOf } from './damaged-json';
import { type IsList, JsonValue, MAX_LENGTH, memberBefore, type Place, tailOf } from './json-value';
import { OpenLists } from './open-lists';
import { ScannedLine } from './scanned-line';

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

export interface ScannerReader {
  value(value: FoundValue): ValueKind;
  /** A value that is cut off or damaged. */
  damaged(line: number): void;
  /** A value of more than 16 million characters. */
  tooLong(line: number): void;
  /** A line without JSON. */
  text(text: string, line: number): void;
}

/**
 * How damaged text ends: where its line or file ends, within a value, or not yet. The inside of a value that is cut off can
 * look like the next values of its list.
 */
type Ending = 'ends' | 'isCutOff' | 'goesOn';

const CLOSED = /[\]}]\s*,?\s*$/;

/** A list at the beginning of a line. `[2026-11-20 10:00:00]` and `[INFO]` begin a line of text. */
const LIST_START = /^\s*\[(?=\s*(?:[[{"\]]|-?\d+\s*,|$))/;

/** An object, or a text that has one in it. */
const VALUE_START = /\{(?=\s*(?:["}]|$))|"(?=\s*[[{]\s*\\")/g;

/** Text in front of a value that is the inside of another one, whose beginning is lost. */
const INSIDE_JSON = /(?:"\s*:|[}\]]\s*,|\[)\s*$/;

/** What may be between values in a line. */
const BETWEEN_VALUES = /^[\s,;}\]]*$/;

/**
 * Finds JSON values in text that arrives line by line, long lines in pieces: behind other text, over many lines, several in a
 * line, in lists, and in what is around lists. Holds one value at a time. A damaged value costs only itself.
 */
export class JsonScanner {
  private readonly lists = new OpenLists();
  private value?: JsonValue;
  private line?: ScannedLine;
  private tail = '';
  /** The last line of a damaged value, and how far its first one is indented. */
  private damage?: { readonly line: number; readonly indent: number };
  /** While damaged text is read again, in parts: what is known of the part. */
  private part?: { readonly isFirst: boolean; readonly isDoubtful: boolean };
  /** With which member the last record began. */
  private member?: string;
  private endsDamaged = false;

  constructor(
    private readonly reader: ScannerReader,
    private readonly isList: IsList,
  ) {}

  /** Whether the next line can be of any form. */
  public get isIdle(): boolean {
    return this.value === undefined && this.lists.areNone;
  }

  /** Whether the next line can be a value of a list. */
  public get isBetweenValues(): boolean {
    return this.value === undefined && this.lists.holdValues;
  }

  /** Reads a line, or a piece of it. */
  public push(piece: string, number: number): void {
    this.line ??= this.beginLine(new ScannedLine(number, piece));
    this.line.length += piece.length;
    this.scan(piece, this.line);
  }

  public endLine(): void {
    const { line, value } = this;
    this.line = undefined;
    this.tail = tailOf('\n', this.tail);
    if (line) this.passText(line);
    if (value?.isInString) this.giveUp(value);
    else value?.read('\n', 0);
  }

  /** Counts what is open as damaged: a line follows that cannot belong to it. */
  public giveUpOpen(): void {
    if (this.value) this.giveUp(this.value);
    this.lists.giveUp();
  }

  /** Returns false if a list is not complete. */
  public end(): boolean {
    if (this.value) this.giveUp(this.value);
    return this.lists.areNone || this.endsDamaged;
  }

  private beginLine(line: ScannedLine): ScannedLine {
    if (this.value && line.beginsBeside(this.value.start.indent)) this.giveUp(this.value);
    line.hasJson = !this.isIdle;
    if (!this.value && !this.lists.areNone && this.areListsCutOff(line)) this.giveUpLists(line);
    const { damage } = this;
    this.damage = undefined;
    if (damage && line.number <= damage.line + 1 && line.belongsTo(damage.indent, !this.lists.areNone)) {
      this.damage = { indent: damage.indent, line: line.number };
      line.ignored = true;
    }
    return line;
  }

  private passText(line: ScannedLine): void {
    if (line.hasJson || line.ignored || line.closes) return;
    if (line.length > MAX_LENGTH) this.reader.tooLong(line.number);
    else if (line.isFragment) this.recover(line.text, line, 'ends');
    else this.reader.text(line.text, line.number);
  }

  private scan(piece: string, line: ScannedLine): void {
    let at = 0;
    while (at < piece.length && !line.ignored) {
      if (this.value) at = this.goOn(this.value, piece, at, line);
      else at = this.lists.areNone ? this.nextInText(piece, at, line) : this.nextInList(piece, at, line);
    }
    this.tail = tailOf(piece, this.tail);
  }

  private nextInText(piece: string, at: number, line: ScannedLine): number {
    const list = at === 0 && !line.hasJson ? LIST_START.exec(piece) : null;
    if (list) {
      this.lists.open('[');
      line.hasJson = true;
      return list[0].length;
    }
    VALUE_START.lastIndex = at;
    const found = VALUE_START.exec(piece);
    if (!found) return piece.length;
    const before = piece.slice(at, found.index);
    const isFirst = !line.hasJson;
    line.hasJson = true;
    if (INSIDE_JSON.test(before)) return this.recoverRest(piece.slice(at), line, piece);
    if (isFirst) line.isText = before.trim() !== '';
    else if (!line.isText && !BETWEEN_VALUES.test(before)) this.countDamage(line.number);
    this.open(line, isFirst && line.isText ? before : '');
    return found.index;
  }

  private nextInList(piece: string, at: number, line: ScannedLine): number {
    const { character, index, isDamaged } = this.lists.next(piece, at, this.tail);
    if (isDamaged && this.lists.holdValues) return this.recoverRest(piece.slice(at), line, piece);
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

  private open(line: ScannedLine, before: string, skipped = false): void {
    this.value = new JsonValue({ number: line.number, indent: line.indent, before, skipped }, skipped ? () => false : this.isList);
  }

  private goOn(value: JsonValue, piece: string, at: number, line: ScannedLine): number {
    const end = value.read(piece, at);
    if (value.state === 'list') {
      this.value = undefined;
      this.lists.open('{', piece.charAt(end - 1));
    } else if (value.state === 'complete') {
      this.value = undefined;
      return this.complete(value, piece, end, line);
    } else if (value.isTooLong && !value.dropped) {
      this.overflow(value);
    }
    return end;
  }

  /** Returns how far the piece has been read. */
  private complete(value: JsonValue, piece: string, end: number, line: ScannedLine): number {
    const { start, text } = value;
    if (start.skipped) return end;
    if (value.isTooLong) {
      this.reader.tooLong(start.number);
      return end;
    }
    if (this.part?.isDoubtful && piece.slice(end).trim() !== '') return ignoreRest(line, piece);
    const kind = this.reader.value({ text, line: start.number, before: start.before, isLeft: this.part?.isFirst === false });
    if (kind === 'noJson') return this.recoverRest(text + piece.slice(end), start, piece);
    if (kind === 'record') {
      this.member = firstMember(text);
      this.endsDamaged = false;
    }
    // What follows foreign JSON in a line of text is not searched for records.
    else if (start.before !== '') return ignoreRest(line, piece);
    return end;
  }

  private giveUp(value: JsonValue): void {
    this.value = undefined;
    if (value.dropped) this.reader.tooLong(value.start.number);
    else if (!value.start.skipped) this.recover(value.text, value.start, CLOSED.test(value.text) ? 'ends' : 'isCutOff');
  }

  private areListsCutOff(line: ScannedLine): boolean {
    return line.beginsWithText || (!this.lists.holdValues && line.beginsBeside(0));
  }

  /** Counts what is around lists as one damaged value, where it is cut off after a list. */
  private giveUpLists(line: ScannedLine): void {
    this.lists.giveUp();
    this.countDamage(line.number);
    line.hasJson = false;
  }

  private overflow(value: JsonValue): void {
    if (partsOf(value.text, this.placeOf(value.start, value.text)).length === 1) return value.drop();
    this.value = undefined;
    this.recover(value.text, value.start, 'goesOn');
  }

  /** Recovers text up to the end of a piece, and returns where that is. */
  private recoverRest(text: string, place: Place, piece: string): number {
    this.recover(text, place, 'goesOn');
    return piece.length;
  }

  /** Counts a damaged value, and reads the values that were taken for its inside. */
  private recover(text: string, place: Place, ending: Ending): void {
    if (this.part) {
      this.countDamage(place.number);
      this.line!.ignored = true;
      return;
    }
    const { line } = this;
    const parts = partsOf(text, this.placeOf(place, ending === 'isCutOff' ? undefined : text));
    for (const part of parts) {
      this.part = { isFirst: part === parts[0], isDoubtful: part.isDoubtful };
      this.line = new ScannedLine(place.number + part.line, part.text, place.indent);
      this.line.hasJson = !this.lists.areNone;
      this.scan(part.text, this.line);
      if (part === parts[0]) this.passText(this.line);
      if (ending !== 'goesOn' || part !== parts.at(-1)) this.endPart();
    }
    this.part = undefined;
    this.line = line;
    if (!this.value && this.endsDamaged) this.damage = { line: place.number + lineFeedsIn(text), indent: place.indent };
  }

  private endPart(): void {
    if (this.value && !this.value.start.skipped) this.countDamage(this.value.start.number);
    this.value = undefined;
  }

  private placeOf({ indent }: Place, text: string | undefined): DamagedPlace {
    return { indent, inList: !this.lists.areNone, member: text === undefined ? undefined : (this.member ?? firstMember(text)) };
  }

  private countDamage(line: number): void {
    this.reader.damaged(line);
    this.endsDamaged = true;
  }
}

function ignoreRest(line: ScannedLine, piece: string): number {
  line.ignored = true;
  return piece.length;
}
