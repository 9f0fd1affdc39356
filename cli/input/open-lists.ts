import { textBefore } from './json-value';

const QUOTE_OR_BRACKET = /["{}[\]]/g;

/** The name of a member, where only whole values are expected. */
const MEMBER_NAME = /"\w{1,64}"\s*:/y;

/** What may be between the values of a list, numbers and the like included. */
const BETWEEN_VALUES = /true|false|null|[\s,+.\dEe-]/g;

/** Where the value of a member begins. */
const AFTER_NAME = /"\s*:\s*$/;

const CLOSED_BY: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** What comes next in a list: a quote, a bracket or nothing, or something that has no place in it. */
export interface NextInList {
  readonly character: string;
  readonly index: number;
  readonly isDamaged: boolean;
}

/** The lists that are being read value by value, and the objects that they are members of, from the outside in. */
export class OpenLists {
  private readonly brackets: string[] = [];

  public get areNone(): boolean {
    return this.brackets.length === 0;
  }

  /** How many brackets are to be closed. */
  public get depth(): number {
    return this.brackets.length;
  }

  /** Whether the innermost is a list, whose values are read, and not an object, of which only lists are. */
  public get holdValues(): boolean {
    return this.brackets.at(-1) === '[';
  }

  public open(...brackets: readonly string[]): void {
    this.brackets.push(...brackets);
  }

  /** Closes the innermost one. A bracket of the other kind is damage that has been counted already. */
  public close(bracket: string): void {
    if (CLOSED_BY[this.brackets.at(-1) ?? ''] === bracket) this.brackets.pop();
  }

  /** Gives all of them up: what is around the lists is cut off. */
  public giveUp(): void {
    this.brackets.length = 0;
  }

  /** @param tail the end of what is before the piece */
  public next(piece: string, from: number, tail: string): NextInList {
    QUOTE_OR_BRACKET.lastIndex = from;
    const { 0: character = '', index = piece.length } = QUOTE_OR_BRACKET.exec(piece) ?? {};
    const opens = character === '{' || character === '[';
    const isDamaged = this.holdValues ? !isInList(piece, from, index) : opens && !AFTER_NAME.test(textBefore(piece, index, tail));
    return { character, index, isDamaged };
  }
}

/** Whether what is between two places, and what begins at the second, has a place in a list. */
function isInList(piece: string, from: number, to: number): boolean {
  MEMBER_NAME.lastIndex = to;
  return !MEMBER_NAME.test(piece) && piece.slice(from, to).replace(BETWEEN_VALUES, '') === '';
}
