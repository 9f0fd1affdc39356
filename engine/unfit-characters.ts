/**
 * What no text that people read should have of a name from a record: control characters, which a terminal obeys, separators of lines
 * and paragraphs, characters that change the direction of writing, halves of surrogate pairs, which no request can hold, and code
 * points such as U+FFFE, which XML forbids.
 */
export const UNFIT_CHARACTERS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu;
