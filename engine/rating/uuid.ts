const DASH = 45;
const NOT_A_DIGIT = 16;

/** The values of lower-case hexadecimal digits by character code, and NOT_A_DIGIT. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return digit < 0 ? NOT_A_DIGIT : digit;
});

/** Set by `hexAt` where a character was no digit. One variable, because a check of each of the 32 digits takes longer. */
let invalid = 0;

/** Reads a UUID in lower case, the form of Bedrock's request ids, as four words of 32 bits. False where the text is none. */
export function readUuid(text: string, words: Int32Array): boolean {
  if (text.length !== 36 || !hasDashes(text)) {
    return false;
  }
  invalid = 0;
  words[0] = (hexAt(text, 0) << 16) | hexAt(text, 4);
  words[1] = (hexAt(text, 9) << 16) | hexAt(text, 14);
  words[2] = (hexAt(text, 19) << 16) | hexAt(text, 24);
  words[3] = (hexAt(text, 28) << 16) | hexAt(text, 32);
  return invalid === 0;
}

function hasDashes(text: string): boolean {
  return text.charCodeAt(8) === DASH && text.charCodeAt(13) === DASH && text.charCodeAt(18) === DASH && text.charCodeAt(23) === DASH;
}

/** The number in four digits. */
function hexAt(text: string, at: number): number {
  const a = DIGITS[text.charCodeAt(at)] ?? NOT_A_DIGIT;
  const b = DIGITS[text.charCodeAt(at + 1)] ?? NOT_A_DIGIT;
  const c = DIGITS[text.charCodeAt(at + 2)] ?? NOT_A_DIGIT;
  const d = DIGITS[text.charCodeAt(at + 3)] ?? NOT_A_DIGIT;
  invalid |= (a | b | c | d) & NOT_A_DIGIT;
  return (a << 12) | (b << 8) | (c << 4) | d;
}
