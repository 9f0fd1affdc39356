/** What the user can do something about: shown as one sentence, without a stack trace. */
export class Failure extends Error {
  /** `details` are the last lines of the command that failed. */
  constructor(
    message: string,
    public readonly details: readonly string[] = [],
  ) {
    super(message);
    this.name = 'Failure';
  }
}
