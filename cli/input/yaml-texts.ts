import { MAX_LENGTH } from './json-value';

interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

export interface YamlReader {
  /** The text of a scalar in quotes. */
  scalar(text: string, line: number): void;
  /** A line of a scalar that lacks its end. */
  noScalar(text: string, line: number): void;
}

const RECORD = /^\s*(?:- )*(?:accountId|schemaType): ['"]?(?:\d{12}|ModelInvocationLog)['"]?\s*$/;

/**
 * Whether a line is of a record that YAML has as members, not as text: what callers wrote into them can look like records. Behind a
 * call that was read, such a line is no YAML, and ends nothing.
 */
export const isYamlRecord = (line: string): boolean => RECORD.test(line);

/** The member of `aws logs … --output yaml` that has the record, and the quote in front of it. */
const BEGINNING = /^(\s*(?:- )*)(?:message|value|'@message'): (['"])(?=\s*\{)/;

/** Only these are no part of the text. */
const BLANKS_AROUND = /^[ \t]+|[ \t\r]+$/g;

const LINE_FEED_IN_TEXT = /\n(\n*)/g;

/**
 * Reads records in scalars of YAML, which the AWS CLI folds at blanks after 80 characters. Source: YAML 1.2.2, 7.3 "Flow Scalar
 * Styles". Not a parser of YAML, because those hold a whole document, and a damaged event would cost all of them.
 */
export class YamlTexts {
  private lines: NumberedLine[] = [];
  private quote = '';
  private indent = 0;
  private length = 0;

  constructor(private readonly reader: YamlReader) {}

  /** Whether the scalar of an earlier line goes on. */
  public get isOpen(): boolean {
    return this.lines.length > 0;
  }

  /** Reads a line, and returns whether it is of a scalar. */
  public accepts(text: string, number: number): boolean {
    if (this.lines.length > 0 && !this.goesOn(text)) this.end();
    if (this.lines.length === 0 && !this.begins(text)) return false;
    const line = { text: text.replace(BLANKS_AROUND, (found, at: number) => (at === 0 ? found : '')), number };
    this.lines.push(line);
    this.length += text.length;
    if (this.isClosedBy(line.text)) this.complete();
    return true;
  }

  /** Gives up a scalar that lacks its end. */
  public end(): void {
    const { lines } = this;
    this.lines = [];
    for (const { text, number } of lines) this.reader.noScalar(text, number);
  }

  private begins(text: string): boolean {
    const [, before, quote] = BEGINNING.exec(text) ?? [];
    if (before === undefined || quote === undefined) return false;
    this.quote = quote;
    this.indent = before.length;
    this.length = 0;
    return true;
  }

  private goesOn(text: string): boolean {
    return this.length <= MAX_LENGTH && (text.trim() === '' || text.search(/\S/) > this.indent);
  }

  /** Only the last line of a scalar ends with a quote that is not escaped. */
  private isClosedBy(text: string): boolean {
    const body = this.lines.length > 1 ? text : text.replace(BEGINNING, '');
    const [end = ''] = (this.quote === "'" ? /'*$/ : /\\*"$/).exec(body) ?? [];
    return end.length % 2 === 1;
  }

  private complete(): void {
    const [first] = this.lines;
    const folded = this.lines
      .map(({ text }, n) => (n === 0 ? text.replace(BEGINNING, '') : text.replace(BLANKS_AROUND, '')))
      .join('\n')
      .slice(0, -1);
    const { number } = first!;
    this.lines = [];
    this.reader.scalar(this.quote === "'" ? unfolded(folded).replaceAll("''", "'") : withoutEscapes(folded), number);
  }
}

/** A line feed is a blank; each empty line after it is a line feed. */
const unfolded = (text: string): string => text.replace(LINE_FEED_IN_TEXT, (_, more: string) => more || ' ');

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

/** Without a backslash in front of them, line feeds are folded. */
const ESCAPE = /\\(?:\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))|\n(\n*)/g;

function withoutEscapes(text: string): string {
  return text.replace(ESCAPE, (found, byte?: string, short?: string, long?: string, other?: string, more?: string) => {
    if (found === '\\\n') return '';
    if (more !== undefined) return more || ' ';
    const digits = byte ?? short ?? long;
    if (digits !== undefined) return String.fromCodePoint(Math.min(parseInt(digits, 16), 0x10ffff));
    return ESCAPES[other!] ?? other!;
  });
}
