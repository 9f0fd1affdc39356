/** What may come next where JSON is read token by token. */
type Expected = 'value' | 'firstValue' | 'name' | 'firstName' | 'colon' | 'end';

const CAN_CLOSE: ReadonlySet<Expected> = new Set(['end', 'firstValue', 'firstName']);

const VALUE: Readonly<Record<string, Expected>> = { '"': 'end', '0': 'end', '{': 'firstName', '[': 'firstValue' };
const NAME: Readonly<Record<string, Expected>> = { '"': 'colon' };

/** What comes after a token, by what was expected. */
const NEXT_EXPECTED: Readonly<Record<Exclude<Expected, 'end'>, Readonly<Record<string, Expected>>>> = {
  value: VALUE,
  firstValue: VALUE,
  name: NAME,
  firstName: NAME,
  colon: { ':': 'value' },
};

/** 1 if it opens something, -1 if it closes something. */
export function bracketOf(kind: string): number {
  if (kind === '{' || kind === '[') return 1;
  return kind === '}' || kind === ']' ? -1 : 0;
}

/** One JSON value, read token by token, by kinds of tokens. */
export class JsonReading {
  /** How many more brackets were opened than closed, valid or not. */
  public depth = 0;
  /** Whether what was read is valid: a whole value, or its beginning. */
  public isValid = true;
  private expected: Expected = 'value';
  private readonly open: string[] = [];

  public canGoOnWith(kind: string): boolean {
    return this.after(kind) !== undefined;
  }

  public read(kind: string): void {
    const bracket = bracketOf(kind);
    this.depth += bracket;
    const next = this.isValid ? this.after(kind) : undefined;
    if (next === undefined) {
      this.isValid = false;
      return;
    }
    this.expected = next;
    if (bracket > 0) this.open.push(kind);
    if (bracket < 0) this.open.pop();
  }

  /** Undefined where the token cannot come. */
  private after(kind: string): Expected | undefined {
    const innermost = this.open.at(-1);
    if (bracketOf(kind) < 0) {
      return CAN_CLOSE.has(this.expected) && innermost === (kind === '}' ? '{' : '[') ? 'end' : undefined;
    }
    if (this.expected !== 'end') return NEXT_EXPECTED[this.expected][kind];
    const separated = innermost === '{' ? 'name' : 'value';
    return kind === ',' && innermost !== undefined ? separated : undefined;
  }
}
