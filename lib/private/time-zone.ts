import { Token } from 'aws-cdk-lib';

/** Throws for a name that is not in the time zone database of Node.js. */
export function requireTimeZone(timeZone: string, prop = 'timeZone'): void {
  if (Token.isUnresolved(timeZone)) {
    return;
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new Error(`'${prop}' must be a name of the IANA time zone database such as Europe/Berlin, or UTC, got '${timeZone}'`);
  }
}
