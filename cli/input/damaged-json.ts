import { DamagedNesting } from './damaged-nesting';

/** A part of damaged text in which a value may begin. */
export interface Part {
  readonly text: string;
  /** The number of lines before it. */
  readonly line: number;
  /** Whether a value may be a part of the damaged one. It is not, if nothing comes after it. */
  readonly isDoubtful: boolean;
}

export interface DamagedPlace {
  /** How far the line of the damaged value is indented. A line that is indented further belongs to it. */
  readonly indent: number;
  /** How many brackets of lists, and of what is around lists, are open around it. */
  readonly openLists: number;
  /** With which the values before it began, or it does. */
  readonly member: string | undefined;
}

/** Two values without a comma between them are never the inside of another value. */
const JOINED = String.raw`(?<=\})\s*(?=\{\s*(?:"|$))`;

/** A bracket in front of an indented line. */
const OPENS_WITHIN = String.raw`\{[ \t]{2,}\S`;

const FIRST_MEMBER = /^\{\s*"(\w+)"/;
const MAX_INDENT = 1000;

export const firstMember = (text: string): string | undefined => FIRST_MEMBER.exec(text)?.[1];

/**
 * Takes damaged text apart where other values may begin that were taken for its inside. What a caller wrote into a prompt must
 * not count as a record, so these are only places that the inside of a value does not have, and doubtful ones.
 */
export function partsOf(text: string, { indent, openLists, member }: DamagedPlace): Part[] {
  const inList = openLists > 0;
  const beginnings = [JOINED, String.raw`\n(?=[ \t]{0,${Math.min(indent, MAX_INDENT)}}(?!${OPENS_WITHIN})[^\s"}\],])`];
  if (member !== undefined) beginnings.push(String.raw`(?<again>${inList ? String.raw`,\s*` : '[^\\S\\n]*'})(?=\{\s*"${member}"\s*:)`);

  const parts: Part[] = [];
  let nesting: DamagedNesting | undefined;
  let [from, line, isDoubtful] = [0, 0, false];
  for (const { 0: between, index, groups } of text.matchAll(new RegExp(beginnings.join('|'), 'g'))) {
    if (index === 0) continue;
    const next = index + between.length;
    nesting ??= new DamagedNesting(text, openLists, from);
    if (groups?.again === undefined ? text.charAt(index) !== '\n' && nesting.isWithin(next) : !nesting.isBeside(next)) continue;
    parts.push({ text: text.slice(from, index), line, isDoubtful });
    line += lineFeedsIn(text.slice(from, next));
    from = next;
    nesting.begin(next);
    isDoubtful = groups?.again !== undefined && !inList;
  }
  return [...parts, { text: text.slice(from), line, isDoubtful }];
}

export const lineFeedsIn = (text: string): number => text.split('\n').length - 1;
