/** How something other than JSON writes a record on a line, and how that is written as JSON. */
interface Notation {
  /** Recognises the line. No line of JSON can match. */
  readonly pattern: RegExp;
  readonly json: (line: string) => string;
}

/** A text in quotes, or one that lacks its end: matched to its end in one go, however long it is. */
const TEXT = String.raw`"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)`;
const PYTHON_TEXT = TEXT.replaceAll('"', "'");
const SIMPLE = String.raw`"[\w.@-]+"=>(?:"[^"]*"|[\d.]+|nil|true|false), `;

/** What Fluent Bit writes to stdout in front of a record: its number, tag, time and, since version 2.1, metadata. */
const FLUENT_BIT = String.raw`^\[\d+\] [^\s:]+: \[\[?(\d+\.\d+)(?:, \{[^{}]*\}\])?, `;
const FLUENT_BIT_LINE = new RegExp(String.raw`${FLUENT_BIT}(?=\{)([^]*)\]\s*$`);

/** A log in a text whose quotes are not escaped, as Fluent Bit prints it. In front of it there are only simple members. */
const UNESCAPED_LOG = new RegExp(String.raw`${FLUENT_BIT}\{(?:${SIMPLE})*"\w+"=>"(?=\{")`);

/** Texts and, outside of them, what Ruby writes otherwise than JSON: arrows, times and nil. */
const RUBY = new RegExp(String.raw`${TEXT}|\s*=>\s*|\bnil\b|\b\d{4}-\d\d-\d\dT[\d:.]+Z`, 'g');

/** Texts of Python and, outside of them, its constants and times. */
const PYTHON = new RegExp(
  String.raw`[bu]?${PYTHON_TEXT}|${TEXT}|\b(?:None|True|False)\b|\bdatetime\.datetime\([^'"]{0,99}?\)(?=[,}\]])`,
  'g',
);
const PYTHON_CONSTANTS: Readonly<Record<string, string>> = { None: 'null', True: 'true', False: 'false' };

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', '#34': '"', amp: '&', lt: '<', gt: '>', apos: "'", '#39': "'" };

/** A new notation is a new row. Tried in this order, on lines that are no record as they are. */
const NOTATIONS: readonly Notation[] = [
  { pattern: UNESCAPED_LOG, json: (line) => line.replace(UNESCAPED_LOG, (_, seconds: string) => timeInFront(seconds)) },
  {
    pattern: FLUENT_BIT_LINE,
    json: (line) => line.replace(FLUENT_BIT_LINE, (_, seconds: string, record: string) => timeInFront(seconds) + rubyInJson(record)),
  },
  { pattern: /^\s*[{[]*\s*"[^"\\]+"\s*=>/, json: rubyInJson },
  { pattern: /^\s*(?:[{[(]\s*)*b?'(?=[^']*'\s*:|\s*[{[])/, json: pythonInJson },
  { pattern: /^[^{"]*\{\s*&(?:quot|#34);/, json: withoutEntities },
];

/** Colours, and separators that no JSON has: the zero byte, and that of JSON text sequences (RFC 7464). */
// eslint-disable-next-line no-control-regex
const CONTROLS = /\u001b\[[\d;]*[A-Za-z]|[\u0000\u001e]/g;

export const withoutControls = (text: string): string => text.replace(CONTROLS, '');

/** The line in JSON if it is in a notation that is known; otherwise as it is. */
export function inJson(line: string): string {
  const notation = NOTATIONS.find(({ pattern }) => pattern.test(line));
  return notation ? notation.json(line) : line;
}

const timeInFront = (seconds: string): string => `${new Date(Math.min(Number(seconds), 1e11) * 1000).toISOString()} `;

function rubyInJson(text: string): string {
  return text.replace(RUBY, (found) => {
    if (found.startsWith('"')) return found;
    if (found === 'nil') return 'null';
    return found.trim() === '=>' ? ':' : JSON.stringify(found);
  });
}

function pythonInJson(text: string): string {
  return text.replace(PYTHON, (found) => {
    const constant = PYTHON_CONSTANTS[found];
    if (constant !== undefined) return constant;
    if (found.startsWith('datetime')) return JSON.stringify(found);
    return JSON.stringify(textOfPython(found.replace(/^[bu]/, '').slice(1, -1)));
  });
}

const PYTHON_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const PYTHON_ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([^]))/g;

const textOfPython = (text: string): string =>
  text.replace(PYTHON_ESCAPE, (_, byte?: string, short?: string, long?: string, other: string = '') => {
    const digits = byte ?? short ?? long;
    return digits === undefined ? (PYTHON_ESCAPES[other] ?? other) : String.fromCodePoint(Math.min(parseInt(digits, 16), 0x10ffff));
  });

function withoutEntities(text: string): string {
  return text.replace(/&(quot|#34|amp|lt|gt|apos|#39);/g, (_, name: string) => ENTITIES[name]!);
}
