/** A JSON object whose members are not known yet. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export const readObject = (value: unknown): Json | undefined => (isObject(value) ? value : undefined);

/** Paths taken apart, each once: they are the few of the dialects. */
const stepsByPath = new Map<string, readonly string[]>();

/** What is at a path of members and places in lists, for example `choices.0.finish_reason`; undefined where nothing is. */
export function valueAt(value: unknown, path: string): unknown {
  if (!isObjectOrList(value)) {
    return undefined;
  }
  let found: unknown = value;
  for (const step of stepsOf(path)) {
    if (!isObjectOrList(found)) {
      return undefined;
    }
    found = found[step];
  }
  return found;
}

const isObjectOrList = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function stepsOf(path: string): readonly string[] {
  let steps = stepsByPath.get(path);
  if (!steps) {
    stepsByPath.set(path, (steps = path.split('.')));
  }
  return steps;
}

/** Undefined for empty text and for everything else. */
export const readText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A name that a service chose, such as a stop reason. Text that could be a sentence is dropped: bodies hold prompts. */
export const readName = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value) ? value : undefined;

export const readNumber = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
