/** A failure that the user can mend: its message says how, and it is shown without a stack trace. */
export class Failure extends Error {
  /** @param details the last lines of output of the command that failed */
  constructor(
    message: string,
    public readonly details: readonly string[] = [],
  ) {
    super(message);
    this.name = 'Failure';
  }
}
