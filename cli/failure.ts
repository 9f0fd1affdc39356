/** The exit codes of every command, as docs/command-line.md lists them. */
export enum ExitCode {
  SUCCESS = 0,
  /** The arguments cannot work together, an option is wrong, or there is nothing to work on. */
  UNUSABLE = 1,
  /** The model is not in the price catalogue. */
  UNKNOWN_MODEL = 2,
  /** The result lacks something, which is named: a price, a metric, or input that could not be read. */
  INCOMPLETE = 3,
}

/** Ends a command with a message for the user. */
export class Failure extends Error {
  constructor(
    message: string,
    public readonly exitCode: ExitCode = ExitCode.UNUSABLE,
  ) {
    super(message);
  }
}
