/** The environment variables of a function. One that is empty counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable without which the function cannot work. */
export function readRequired(env: Environment, name: string): string {
  const value = env[name];
  if (!value) {
    throw new Error(`'${name}' must be set`);
  }
  return value;
}

/** A number above zero. */
export function readPositive(env: Environment, name: string, byDefault?: number): number {
  const value = byDefault === undefined ? Number(readRequired(env, name)) : Number(env[name] || byDefault);
  if (!(value > 0)) {
    throw new Error(`'${name}' must be a number above 0, got '${env[name]}'`);
  }
  return value;
}

/** Items between commas; blanks around them do not count. */
export function readList(env: Environment, name: string): string[] {
  return (env[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
