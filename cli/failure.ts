/** What the exit codes of the command line mean. Documented in docs/command-line.md. */
export enum ExitCode {
  /** The command was used in a way that cannot work, or there was nothing to work on. */
  UNUSABLE = 1,
  /** The model is not known. */
  UNKNOWN_MODEL = 2,
  /** Something is missing from the result, and was said to be: a price, or input that could not be read. */
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
