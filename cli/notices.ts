import { printable } from './terminal';

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

/** A note to the user on a line of its own. */
export const notice = (text: string): void => void noticeStream().write(`${printable(text)}\n`);
