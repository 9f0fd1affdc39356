import * as logs from 'aws-cdk-lib/aws-logs';

/** CloudWatch Logs finds these without a keyword nearby, also in the caller's ARN and in values of request metadata. */
const MASKS_CALLERS = /^(Address|EmailAddress|IpAddress|Name|PhoneNumber-[A-Z]{2})$/;

/** The names of the identifiers that can mask who made a call. */
export function identifiersOfCallers(identifiers: readonly logs.DataIdentifier[]): string[] {
  return identifiers.map(({ name }) => name).filter((name) => MASKS_CALLERS.test(name));
}
