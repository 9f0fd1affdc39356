import { Token } from 'aws-cdk-lib';

/** Throws for a number that is not above zero. */
export function requireAboveZero(prop: string, value: number): void {
  if (!Token.isUnresolved(value) && !(value > 0)) {
    throw new Error(`'${prop}' must be above 0, got ${value}`);
  }
}
