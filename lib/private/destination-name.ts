import { Token } from 'aws-cdk-lib';

/** The name under which members find the destination of their records. */
export const DESTINATION_NAME = 'bedrock-records';

/** Source: Amazon CloudWatch Logs API reference, PutDestination. */
export function requireDestinationName(name: string): void {
  if (!Token.isUnresolved(name) && !/^[^:*]{1,512}$/.test(name)) {
    throw new Error(`'destinationName' must be 1 to 512 characters without : and *, got '${name}'`);
  }
}
