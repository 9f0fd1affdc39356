import { Failure } from '../failure';

/** Reads `key=value,key=value`. */
export function parsePairs(option: string, text: string, example: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=');
    const [key, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 0 || key === '' || value === '') {
      throw new Failure(`'${option}' must be pairs like ${example}, got '${pair}'`);
    }
    if (pairs.has(key)) {
      throw new Failure(`'${option}' must name each key once, got '${key}' twice`);
    }
    pairs.set(key, value);
  }
  return pairs;
}
