import { type DamagedPlace, firstMember, lineFeedsIn, partsOf } from './damaged-json';
import { type IsList, type JsonValue, MAX_LENGTH, type Place } from './json-value';
import { type FoundValue, PieceScanner, type ValueKind, type ValueReader } from './piece-scanner';
import { ScannedLine } from './scanned-line';

export interface ScannerReader extends ValueReader {
  /** A line without JSON. */
  text(text: string, line: number): void;
}

/**
 * How damaged text ends: where its line or file ends, within a value, or not yet. The inside of a value that is cut off can
 * look like the next values of its list.
 */
type Ending = 'ends' | 'isCutOff' | 'goesOn';

const CLOSED = /[\]}]\s*,?\s*$/;

/**
 * Finds JSON values in text that arrives line by line, long lines in pieces. Holds one value at a time. A damaged value costs
 * only itself.
 */
export class JsonScanner {
  private readonly pieces: PieceScanner;
  private line?: ScannedLine;
  /** The last line of a damaged value, and how far its first one is indented. */
  private damage?: { readonly line: number; readonly indent: number };
  private endsDamaged = false;

  constructor(
    private readonly reader: ScannerReader,
    isList: IsList,
  ) {
    const value = (found: FoundValue) => this.pass(found);
    this.pieces = new PieceScanner({ value, damaged: (line) => this.countDamage(line), tooLong: (line) => reader.tooLong(line) }, isList);
  }

  /** Whether the next line can be of any form. */
  public get isIdle(): boolean {
    return this.pieces.value === undefined && this.pieces.lists.areNone;
  }

  /** Whether the next line can be a value of a list. */
  public get isBetweenValues(): boolean {
    return this.pieces.value === undefined && this.pieces.lists.holdValues;
  }

  /** Reads a line, or a piece of it. */
  public push(piece: string, number: number): void {
    const line = (this.line ??= this.beginLine(new ScannedLine(number, piece)));
    line.length += piece.length;
    const damage = this.pieces.scan(piece, line);
    if (damage) this.recover(damage.text, damage.place, 'goesOn');
    const { value } = this.pieces;
    if (value?.isTooLong && !value.dropped) this.overflow(value);
  }

  public endLine(): void {
    if (this.line) this.passText(this.line);
    this.line = undefined;
    if (this.pieces.value?.isInString) this.giveUp(this.pieces.value);
    this.pieces.endLine();
  }

  /** Counts what is open as damaged: a line follows that cannot belong to it. */
  public giveUpOpen(number: number): void {
    if (this.pieces.value) this.giveUp(this.pieces.value);
    if (!this.pieces.lists.areNone) this.pieces.giveUpLists(new ScannedLine(number, ''));
  }

  /** Returns false if a list is not complete. */
  public end(): boolean {
    if (this.pieces.value) this.giveUp(this.pieces.value);
    return this.pieces.lists.areNone || this.endsDamaged;
  }

  private beginLine(line: ScannedLine): ScannedLine {
    const { lists } = this.pieces;
    if (this.pieces.value && line.beginsBeside(this.pieces.value.start.indent)) this.giveUp(this.pieces.value);
    line.hasJson = !this.isIdle;
    const isBesideLists = line.beginsWithText || (!lists.holdValues && line.beginsBeside(0));
    if (!this.pieces.value && !lists.areNone && isBesideLists) this.pieces.giveUpLists(line);
    const { damage } = this;
    this.damage = undefined;
    if (damage && line.number <= damage.line + 1 && line.belongsTo(damage.indent, !lists.areNone)) {
      this.damage = { indent: damage.indent, line: line.number };
      line.ignored = true;
    }
    return line;
  }

  private pass(found: FoundValue): ValueKind {
    const kind = this.reader.value(found);
    if (kind === 'record') this.endsDamaged = false;
    return kind;
  }

  private passText(line: ScannedLine): void {
    if (line.hasJson || line.ignored || line.closes) return;
    if (line.length > MAX_LENGTH) this.reader.tooLong(line.number);
    else if (line.isFragment) this.countFragment(line);
    else this.reader.text(line.text, line.number);
  }

  private countFragment({ number, indent }: ScannedLine): void {
    this.countDamage(number);
    this.damage = { line: number, indent };
  }

  private giveUp(value: JsonValue): void {
    this.pieces.value = undefined;
    if (value.dropped) this.reader.tooLong(value.start.number);
    else if (!value.start.skipped) this.recover(value.text, value.start, CLOSED.test(value.text) ? 'ends' : 'isCutOff');
  }

  private overflow(value: JsonValue): void {
    if (partsOf(value.text, this.placeOf(value.start, value.text)).length === 1) return value.drop();
    this.pieces.value = undefined;
    this.recover(value.text, value.start, 'goesOn');
  }

  /** Counts a damaged value, and reads the values that were taken for its inside. */
  private recover(text: string, place: Place, ending: Ending): void {
    const { pieces } = this;
    const parts = partsOf(text, this.placeOf(place, ending === 'isCutOff' ? undefined : text));
    for (const [index, part] of parts.entries()) {
      const line = new ScannedLine(place.number + part.line, part.text, place.indent);
      line.hasJson = !pieces.lists.areNone;
      const damage = pieces.scan(part.text, line, { isFirst: index === 0, isDoubtful: part.isDoubtful });
      if (damage) this.countDamage(damage.place.number);
      else if (index === 0) this.passText(line);
      if (ending !== 'goesOn' || index < parts.length - 1) this.endPart();
    }
    if (!pieces.value && this.endsDamaged) this.damage = { line: place.number + lineFeedsIn(text), indent: place.indent };
  }

  private endPart(): void {
    const { value } = this.pieces;
    this.pieces.value = undefined;
    if (value && !value.start.skipped) this.countDamage(value.start.number);
  }

  private placeOf({ indent }: Place, text: string | undefined): DamagedPlace {
    const { lists, member } = this.pieces;
    return { indent, openLists: lists.depth, member: text === undefined ? undefined : (member ?? firstMember(text)) };
  }

  private countDamage(line: number): void {
    this.reader.damaged(line);
    this.endsDamaged = true;
  }
}
