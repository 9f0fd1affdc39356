/** Whether the values of the dimensions of a metric fit what is searched. */
type Matcher = (values: readonly string[]) => boolean;

const TOKEN = /\s*("[^"]*"|[()]|[^\s()"]+)/gy;

/**
 * Reads the terms of a SEARCH: words that stand one after the other in a value, values in quotes that must be equal, AND, OR, NOT
 * and parentheses.
 *
 * Source: CloudWatch User Guide, "CloudWatch search expression syntax". Terms with the name of a property, such as `ModelId=x`, are
 * not known here.
 */
export function searchTerms(text: string): Matcher {
  const tokens = [...text.trim().matchAll(TOKEN)].map(([, token]) => token!);
  const matcher = either(tokens);
  if (tokens.length > 0) {
    throw new Error(`the terms of a SEARCH cannot be read from '${tokens.join(' ')}' on: ${text}`);
  }
  return matcher;
}

function either(tokens: string[]): Matcher {
  const parts = [all(tokens)];
  while (tokens[0] === 'OR') {
    tokens.shift();
    parts.push(all(tokens));
  }
  return (values) => parts.some((part) => part(values));
}

/** Terms side by side must all match. */
function all(tokens: string[]): Matcher {
  const parts: Matcher[] = [];
  while (tokens.length > 0 && tokens[0] !== 'OR' && tokens[0] !== ')') {
    if (tokens[0] === 'AND') tokens.shift();
    parts.push(one(tokens));
  }
  return (values) => parts.length > 0 && parts.every((part) => part(values));
}

function one(tokens: string[]): Matcher {
  const token = tokens.shift() ?? '';
  if (token === 'NOT') {
    const refused = one(tokens);
    return (values) => !refused(values);
  }
  if (token === '(') {
    const inner = either(tokens);
    tokens.shift();
    return inner;
  }
  if (token.startsWith('"')) {
    return (values) => values.includes(token.slice(1, -1));
  }
  const words = wordsOf(token);
  if (words.trim() === '' || token.includes('=')) {
    throw new Error(`'${token}' is no term of a SEARCH that is known here`);
  }
  return (values) => values.some((value) => wordsOf(value).includes(words));
}

/** The words of a text: a change between letters and digits, from small to capital letters, or any other character parts them. */
function wordsOf(text: string): string {
  const words = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return ` ${words.join(' ').toLowerCase()} `;
}
