/** A line that only closes something. */
const CLOSING = /^[\s[\]{},;]*$/;

/** The inside of an object whose beginning is lost. */
const FRAGMENT = /^[^{[]*"\s*:/;

/** The beginning of an object, or of a text that has one in it, and what is in front of it. */
const BEGINNING = /^([^"{}[\]]*)(?:\{\s*(?:"|$)|"\s*(?:\\+"\s*)*[{[][\s[{]*\\+")/;

/** A line on which only an object begins: inside of JSON, tools put what is in it on lines of its own. */
const ONLY_OPENS = /^\s*\{\s*$/;

/** What may be in front of a value in a list. */
const LISTED = /true|false|null|[\s,+.\dEe-]/g;

/** The end of an object, with no other after it, or the name of a member. */
const GOES_ON = /^\s*(?:\}[\s\]},;]*$|"\s*[^\s[{])/;

/** A line that is being searched for JSON. */
export class ScannedLine {
  public length = 0;
  public hasJson = false;
  /** Whether there was text in front of the first JSON. */
  public isText = false;
  /** Whether nothing more is to be read of it. */
  public ignored = false;

  constructor(
    public readonly number: number,
    /** Its first piece. */
    public readonly text: string,
    public readonly indent = text.search(/\S|$/),
  ) {}

  public get closes(): boolean {
    return CLOSING.test(this.text);
  }

  public get isFragment(): boolean {
    return FRAGMENT.test(this.text);
  }

  /** Whether it begins with text in front of an object, which no JSON has at the beginning of a line. */
  public get beginsWithText(): boolean {
    const [, before = ''] = BEGINNING.exec(this.text) ?? [];
    return before.replace(LISTED, '') !== '';
  }

  /** Whether it cannot be the inside of a value whose line is indented so far. */
  public beginsBeside(indent: number): boolean {
    return this.indent <= indent && BEGINNING.test(this.text) && !ONLY_OPENS.test(this.text);
  }

  /** Whether it belongs to a damaged value whose line is indented so far. A list around that value may end. */
  public belongsTo(indent: number, inList: boolean): boolean {
    if (this.text.trim() === '' || this.indent > indent) return true;
    return this.indent === indent && (GOES_ON.test(this.text) || (!inList && this.text.charAt(indent) === ']'));
  }
}
