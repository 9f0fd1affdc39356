/** Thrown while something is not yet so. It has no status, so that it is retried. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
