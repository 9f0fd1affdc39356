import { wrapped } from './tables/wrapped';
import { columnsOf, printable } from './terminal';

/** The part of process.stderr that is needed. */
export interface MessageStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const SILENCE: MessageStream = { write: () => undefined };
let isQuiet = false;

/** With `--quiet`, only errors that end a command are on stderr. */
export function setQuiet(quiet: boolean): void {
  isQuiet = quiet;
}

/** Where progress and notes go. */
export const noticeStream = (): MessageStream => (isQuiet ? SILENCE : process.stderr);

/** A message as it is written to a stream: on a terminal in lines that fit, elsewhere on one, for programs that search it. */
export const messageFor = (stream: MessageStream, text: string): string =>
  `${stream.isTTY ? wrapped(printable(text), columnsOf(stream), '') : printable(text)}\n`;

/** A note to the user. */
export const notice = (text: string): void => void noticeStream().write(messageFor(noticeStream(), text));
