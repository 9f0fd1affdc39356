import { Duration, Token } from 'aws-cdk-lib';

/** Throws for a token where the value itself is needed, for example because other values are computed from it. */
export function requireKnown(prop: string, value: unknown): void {
  if (Token.isUnresolved(value) || (value instanceof Duration && value.isUnresolved())) {
    throw new Error(
      `'${prop}' must be known at synth, got a value that is known only when the stack is deployed: ` +
        `write it in the app, or read it there, for example from the context`,
    );
  }
}

/** How a value is named in a message: a token would be shown as what only the CDK can read. */
export function shown(value: string | number): string {
  return Token.isUnresolved(value) ? 'a value that is known only when the stack is deployed' : `'${value}'`;
}

/** Throws for a number that is not above zero. */
export function requireAboveZero(prop: string, value: number): void {
  if (!Token.isUnresolved(value) && !(value > 0 && Number.isFinite(value))) {
    throw new Error(`'${prop}' must be above 0, got ${value}`);
  }
}

/** Throws when two items of a list have the same name. The prop is the plural of what the list holds. */
export function requireUnique(prop: string, names: readonly string[]): void {
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw new Error(`'${prop}' must not hold two ${prop} with one name, got '${duplicate}' twice`);
  }
}

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

/** Throws for what is no member of an enum, which only a compiler would find. */
export function requireMember(prop: string, value: string, members: Readonly<Record<string, string>>): void {
  if (!Token.isUnresolved(value) && !Object.values(members).includes(value)) {
    throw new Error(`'${prop}' must be one of ${Object.values(members).join(', ')}, got '${value}'`);
  }
}

/** Throws for a list of Regions that is not known at synth, is empty, names one twice, or holds what is no Region. */
export function requireRegions(prop: string, regions: readonly string[]): void {
  [regions, ...regions].forEach((region) => requireKnown(prop, region));
  const wrong = regions.find((region) => !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region));
  if (regions.length === 0 || wrong !== undefined) {
    throw new Error(`'${prop}' must name Regions such as eu-central-1, got ${wrong === undefined ? 'none' : `'${wrong}'`}`);
  }
  requireUnique(prop, regions);
}

/** Whether Bedrock accepts a key of `requestMetadata`. Commas are left out: functions get lists of keys separated by commas. */
export function isRequestMetadataKey(key: string, maxLength: number): boolean {
  return Token.isUnresolved(key) || (key.length <= maxLength && /^[A-Za-z0-9 :_@$#=/+.-]+$/.test(key));
}

/** Throws for a list that is empty or holds what is no account id. */
export function requireAccountIds(prop: string, accounts: readonly string[]): void {
  requireKnown(prop, accounts);
  const wrong = accounts.find((account) => !Token.isUnresolved(account) && !/^\d{12}$/.test(account));
  if (accounts.length === 0 || wrong !== undefined) {
    throw new Error(`'${prop}' must name accounts by their ids of 12 digits, got ${wrong === undefined ? 'none' : `'${wrong}'`}`);
  }
  requireUnique(prop, accounts);
}

/** Source: AWS Organizations API reference, Organization. */
export function requireOrganizationId(prop: string, id: string): void {
  if (!Token.isUnresolved(id) && !/^o-[a-z0-9]{10,32}$/.test(id)) {
    throw new Error(`'${prop}' must be the id of an organization such as o-a1b2c3d4e5, got '${id}'`);
  }
}
