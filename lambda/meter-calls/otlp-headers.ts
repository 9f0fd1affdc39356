/** The characters of a header's name: `token` in RFC 9110. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Headers in the form of OTEL_EXPORTER_OTLP_HEADERS: `name=value,name=value`, with percent-encoded values. Nothing of the text is
 * in an error.
 */
export function parseHeaders(text: string): Record<string, string> {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry): [string, string] => {
      const at = entry.indexOf('=');
      return [entry.slice(0, Math.max(at, 0)).trim(), decoded(entry.slice(at + 1).trim())];
    });
  if (entries.length === 0 || entries.some(([name, value]) => !NAME.test(name) || /[\r\n\0]/.test(value))) {
    throw new Error('the secret with the headers must have the form name=value,name=value, as headersText of OtlpDestination says');
  }
  return Object.fromEntries(entries);
}

/** A lone `%` is a `%`: a text that nobody has encoded is taken as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
