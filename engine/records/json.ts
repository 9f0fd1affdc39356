/** A JSON object whose members are not known yet. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member if it is an object, else undefined. */
export const objectAt = (value: unknown, key: string): Json | undefined => {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : undefined;
};

export const readText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Names chosen by a service, such as a stop reason. Anything that could be a sentence is dropped: bodies hold prompts. */
export const readName = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value) ? value : undefined;

export const readNumber = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
