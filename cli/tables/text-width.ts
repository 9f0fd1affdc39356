/** Letters of East Asia and emoji, which take two columns of a terminal. Source: Unicode Standard Annex #11. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]/u;
const ASCII = /^[\x20-\x7e]*$/;

/** Accents that are written onto the letter before them. */
const COMBINING = /[\u0300-\u036f]/;

const charactersOf = (text: string): string[] => [...text];
const widthOfCharacter = (character: string): number => (WIDE.test(character) ? 2 : COMBINING.test(character) ? 0 : 1);

/** How many columns of a terminal a text takes. */
export const textWidth = (text: string): number =>
  ASCII.test(text) ? text.length : charactersOf(text).reduce((width, character) => width + widthOfCharacter(character), 0);

/** The beginning and the end of a text that is wider than there is room for. */
export function cutInMiddle(text: string, room: number): string {
  if (textWidth(text) <= room) return text;
  const characters = charactersOf(text);
  const half = Math.max(0, room - 1) / 2;
  return `${upTo(characters, Math.ceil(half))}…${[...upTo([...characters].reverse(), Math.floor(half), true)].join('')}`;
}

/** As many characters as fit. */
function upTo(characters: readonly string[], room: number, isReversed = false): string {
  const fitting: string[] = [];
  let width = 0;
  for (const character of characters) {
    width += widthOfCharacter(character);
    if (width > room) break;
    fitting.push(character);
  }
  return (isReversed ? fitting.reverse() : fitting).join('');
}

/** A text in parts, each of which fits. */
export function partsOf(text: string, room: number): string[] {
  const parts: string[] = [];
  let left = charactersOf(text);
  while (left.length > 0) {
    const part = upTo(left, Math.max(room, 2));
    parts.push(part);
    left = left.slice(charactersOf(part).length);
  }
  return parts;
}
