/**
 * Parses JSON without a quotation in the error. `JSON.parse` quotes the place that it cannot read, and Lambda writes the errors of
 * a function into its log: a prompt in a damaged record would be there.
 *
 * @param what names the text in the error, for example `the subscription event`
 */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${what} is not JSON`);
  }
}
