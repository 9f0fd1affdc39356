import { partsOf, textWidth } from './text-width';

/** A sentence over as many lines as it takes, each with the indent, those after the first with two blanks more. */
export function wrapped(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ').flatMap((each) => broken(each, width - indent.length - 2))) {
    const isFirst = line.trim() === '';
    if (!isFirst && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else {
      line += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, line].join('\n');
}

/** A word that is longer than a line in parts: a terminal would break it too, without the indent. */
const broken = (word: string, room: number): string[] => (textWidth(word) <= room || room < 1 ? [word] : partsOf(word, room));
