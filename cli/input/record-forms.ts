import { eventTime } from '../../engine/records/event-time';

/** A record in the text of the user's file, and when CloudWatch Logs received it, in milliseconds, where the file says so. */
export interface FoundRecord {
  readonly message: string;
  readonly received?: number;
}

/** One form in which files hold records, a line each. */
export interface RecordForm {
  /** As docs/command-line.md names it. */
  readonly name: string;
  readonly matches: (line: string) => boolean;
  readonly read: (line: string) => FoundRecord;
}

const OPENING_BRACE = 123;

/** A time and, before the record, the name of a log stream, which only `aws logs tail` prints. */
const TIME_IN_FRONT = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?) (?:[^\s{]+ (?={))?/;

/** Every form that is understood, tried in this order. A new form is a new row. */
export const RECORD_FORMS: readonly RecordForm[] = [
  {
    name: 'one record a line',
    matches: (line) => line.charCodeAt(0) === OPENING_BRACE,
    read: (message) => ({ message }),
  },
  {
    name: 'exports of CloudWatch Logs and the output of `aws logs tail`',
    matches: (line) => TIME_IN_FRONT.test(line),
    read: (line) => {
      const [front = '', time] = TIME_IN_FRONT.exec(line) ?? [];
      return { message: line.slice(front.length), received: eventTime(time) };
    },
  },
];

/** The record of a line. A line of no known form is returned as it is, so that the parser can say what is wrong with it. */
export const recordOf = (line: string): FoundRecord => RECORD_FORMS.find(({ matches }) => matches(line))?.read(line) ?? { message: line };

/** What to do about a file that begins in a form that is not understood; undefined if it begins like a record. */
export const hintFor = (firstLine: string): string | undefined =>
  /^\s*[[{]\s*$|^\s*\[/.test(firstLine) ? "records must be one a line, as 'jq -c' writes them" : undefined;
