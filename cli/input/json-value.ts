/** A line. */
export interface Place {
  readonly number: number;
  /** Blanks at its beginning. */
  readonly indent: number;
}

/** The line on which a value begins. */
export interface ValueStart extends Place {
  /** The text in front of it on that line. */
  readonly before: string;
  /** Whether its text is not needed. */
  readonly skipped: boolean;
}

/** Whether the member of that name holds values that are to be read one by one. */
export type IsList = (member: string) => boolean;

/** A value of more characters is no record: CloudWatch Logs takes events of 1 MB, and Bedrock delivers larger bodies elsewhere. */
export const MAX_LENGTH = 16 * 1024 * 1024;

export const BACKSLASH = 92;
const QUOTE_OR_BRACKET = /["{}[\]]/g;

/** Characters that the name of a member has room in, with its quotes, colon and blanks. */
const MEMBER_ROOM = 64;
const MEMBER = /"(\w+)"\s*:\s*$/;

/** The end of the text before a place of a piece. `tail` is the end of what is before the piece. */
export function textBefore(piece: string, at: number, tail: string): string {
  const near = piece.slice(Math.max(0, at - MEMBER_ROOM), at);
  return at < MEMBER_ROOM ? tail + near : near;
}

/** The name of the member whose value begins there. */
export const memberBefore = (piece: string, at: number, tail: string): string => MEMBER.exec(textBefore(piece, at, tail))?.[1] ?? '';

export const tailOf = (piece: string, tail: string): string => (piece.length < MEMBER_ROOM ? tail + piece : piece).slice(-MEMBER_ROOM);

/**
 * One JSON value that arrives in pieces. Looks at brackets and strings only: the rest is for JSON.parse.
 *
 * A streaming parser such as stream-json ends at the first damaged character, and takes several times longer.
 */
export class JsonValue {
  /** `list` where values begin that are to be read one by one: this is then not a value, but what is around them. */
  public state: 'open' | 'complete' | 'list' = 'open';
  /** Whether the text was too long to be kept. */
  public dropped = false;
  private pieces: string[] = [];
  private length = 0;
  private depth = 0;
  private inString = false;
  /** Whether a backslash is the last character so far, and escapes the next one. */
  private escaped = false;
  private tail = '';

  constructor(
    public readonly start: ValueStart,
    private readonly isList: IsList,
  ) {}

  public get text(): string {
    return this.pieces.join('');
  }

  public get isTooLong(): boolean {
    return this.length > MAX_LENGTH;
  }

  /** Whether a string is open, which cannot go on in the next line. */
  public get isInString(): boolean {
    return this.inString;
  }

  public drop(): void {
    this.dropped = true;
    this.pieces = [];
  }

  /** Reads from a place of a piece to the end of the value or of the piece, and returns where it ended. */
  public read(piece: string, from: number): number {
    let at = from;
    while (at < piece.length && this.state === 'open') at = this.inString ? this.afterString(piece, at) : this.afterBracket(piece, at);
    this.tail = tailOf(piece, this.tail);
    if (!this.start.skipped) {
      this.length += at - from;
      if (!this.dropped) this.pieces.push(piece.slice(from, at));
    }
    return at;
  }

  private afterString(piece: string, from: number): number {
    let at = this.escaped ? from + 1 : from;
    for (;;) {
      const quote = piece.indexOf('"', at);
      const end = quote < 0 ? piece.length : quote;
      let backslashes = 0;
      while (end - backslashes > at && piece.charCodeAt(end - backslashes - 1) === BACKSLASH) backslashes += 1;
      this.escaped = backslashes % 2 === 1;
      if (quote < 0) return piece.length;
      at = quote + 1;
      if (!this.escaped) break;
    }
    this.inString = false;
    if (this.depth === 0) this.state = 'complete';
    return at;
  }

  private afterBracket(piece: string, from: number): number {
    QUOTE_OR_BRACKET.lastIndex = from;
    const found = QUOTE_OR_BRACKET.exec(piece);
    if (!found) return piece.length;
    const { 0: character, index } = found;
    if (character === '"') {
      this.inString = true;
      this.escaped = false;
    } else if (character === '{' || character === '[') {
      if (this.depth === 1 && this.isList(memberBefore(piece, index, this.tail))) this.state = 'list';
      this.depth += 1;
    } else {
      this.depth -= 1;
      if (this.depth === 0) this.state = 'complete';
    }
    return index + 1;
  }
}
