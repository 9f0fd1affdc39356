import { JsonReading, bracketOf } from './json-reading';
import { BACKSLASH, memberBefore } from './json-value';

interface Token {
  /** A bracket, a comma or a colon; `"` of a text, `0` of a number, true, false or null, `?` of anything else. */
  readonly kind: string;
  readonly index: number;
}

const PUNCTUATION = '{}[],:';
const NEXT = /["{}[\],:]|[^\s"{}[\],:]+/g;
const SCALAR = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const AFTER_TEXT = /\s*(?:[,:}\]]|$)/y;

/** The brackets and commas at the end of a text that lacks its own end. */
const CUT_OFF_BY = /[\s,:{}[\]]*$/;

/** Members whose value is never an object, in places of a record where no caller chooses names. */
const COUNT = /Count$/;
const DEPTH_OF_COUNTS = 2;

/**
 * Tells the values that follow a damaged one from those within it, which a caller may have written.
 *
 * A place is within a value if the text up to there is valid JSON that is not complete, or if more brackets are closed after it
 * than lists are open. Where a value is cut off right behind an element of a list in it, the next values look like elements: they
 * count as its inside.
 */
export class DamagedNesting {
  private readonly tokens: readonly Token[];
  /** For each token, the most brackets that are closed from there on and not opened. */
  private readonly closedAfter: readonly number[];
  private token = 0;
  private reading = new JsonReading();

  /** @param from where the damaged value begins */
  constructor(
    private readonly text: string,
    private readonly openLists: number,
    from: number,
  ) {
    this.tokens = [...tokensOf(text)];
    this.closedAfter = closedAfter(this.tokens);
    this.begin(from);
  }

  /** Whether a value that begins at a place is beside the damaged one. To be asked from the beginning to the end. */
  public isBeside(at: number): boolean {
    const isCutOff = !this.isWithin(at) || (this.reading.depth <= DEPTH_OF_COUNTS && COUNT.test(memberBefore(this.text, at, '')));
    return isCutOff && (this.closedAfter[this.token] ?? 0) <= this.openLists;
  }

  /** Whether the text up to a place is valid JSON that is not complete. */
  public isWithin(at: number): boolean {
    this.goTo(at);
    const token = this.tokens[this.token];
    return this.reading.isValid && (token?.index !== at || this.reading.canGoOnWith(token.kind));
  }

  /** From here on, places are compared with the value that begins there. */
  public begin(at: number): void {
    this.goTo(at);
    this.reading = new JsonReading();
  }

  private goTo(at: number): void {
    for (let token = this.tokens[this.token]; token && token.index < at; token = this.tokens[this.token]) {
      this.reading.read(token.kind);
      this.token += 1;
    }
  }
}

function* tokensOf(text: string): Generator<Token> {
  NEXT.lastIndex = 0;
  for (let found = NEXT.exec(text); found; found = NEXT.exec(text)) {
    const { 0: token, index } = found;
    if (PUNCTUATION.includes(token)) yield { kind: token, index };
    else if (token === '"') yield* textAt(text, index);
    else yield { kind: SCALAR.test(token) ? '0' : '?', index };
  }
}

/** A text or, where JSON cannot go on behind it, one that lacks its end: what was taken for its end begins another one. */
function* textAt(text: string, from: number): Generator<Token> {
  const quote = endOfText(text, from + 1);
  AFTER_TEXT.lastIndex = quote + 1;
  if (AFTER_TEXT.test(text)) {
    NEXT.lastIndex = quote + 1;
    yield { kind: '"', index: from };
    return;
  }
  yield { kind: '?', index: from };
  const inside = text.slice(from + 1, quote);
  const tail = quote - CUT_OFF_BY.exec(inside)![0].length;
  for (let index = tail; index < quote; index += 1) {
    if (PUNCTUATION.includes(text.charAt(index))) yield { kind: text.charAt(index), index };
  }
  NEXT.lastIndex = quote;
}

/** The quote at the end of a text, or the end of everything. */
function endOfText(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - backslashes - 1) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

function closedAfter(tokens: readonly Token[]): number[] {
  const closed = new Array<number>(tokens.length);
  let most = 0;
  for (let n = tokens.length - 1; n >= 0; n -= 1) {
    most = Math.max(0, most - bracketOf(tokens[n]!.kind));
    closed[n] = most;
  }
  return closed;
}
