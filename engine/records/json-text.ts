/**
 * The text that `JSON.stringify` makes of a JSON value. That calls itself for each level, and throws where a value has more
 * levels than the stack has room for: about 5,000, while `JSON.parse` takes millions.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return deepText(value);
  }
}

/** A list or an object whose members are being written. */
interface Open {
  readonly close: string;
  readonly members: Iterator<readonly [name: string, value: unknown]>;
  first: boolean;
}

/** @param root what was parsed from JSON, so that it holds no value that JSON does not have, and no circle */
function deepText(root: unknown): string {
  const parts: string[] = [];
  const stack: Open[] = [];
  const write = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      parts.push(JSON.stringify(value));
      return;
    }
    const isList = Array.isArray(value);
    parts.push(isList ? '[' : '{');
    const members = isList ? value.map((item: unknown) => ['', item] as const) : Object.entries(value);
    stack.push({ close: isList ? ']' : '}', members: members.values(), first: true });
  };
  write(root);
  for (let open = stack.at(-1); open; open = stack.at(-1)) {
    const next = open.members.next();
    if (next.done) {
      parts.push(open.close);
      stack.pop();
    } else {
      const [name, value] = next.value;
      parts.push(open.first ? '' : ',', open.close === '}' ? `${JSON.stringify(name)}:` : '');
      open.first = false;
      write(value);
    }
  }
  return parts.join('');
}
