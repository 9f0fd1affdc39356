/** The first revision of a model, which its name leaves out. */
const FIRST_REVISION = /-v1(:0)?$|:0$/;
const ANY_REVISION = /-v\d+(-\d+)?(:\d+)?$/;
const RELEASE_DAY = /-20\d{6}(?=-|$)/;
/** Fewer letters in a row than these, as in `r1` or `m2`, could be the model of any provider. */
const ENOUGH_LETTERS = /[a-z]{3}/;

/**
 * A name of the Price List without what its spelling varies in: case, punctuation and "instruct". Numbers stay apart ("3.1 8B"
 * is not "31 8B") and "+" is a word. Versions, dates and tiers of the name stay: without them two models could share a key.
 */
export function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('+', ' plus ')
    .replace(/\binstruct\b/g, ' ')
    .replace(/(?<=\d)[^a-z0-9]+(?=\d)/g, '.')
    .replace(/[^a-z0-9.]+|(?<!\d)\.|\.(?!\d)/g, '');
}

/** The keys of the names that mean a model with these ids and names: with and without its provider, release day and first revision. */
export function keysOf(forms: readonly string[], provider: string): string[] {
  return keysWithout(FIRST_REVISION, forms, provider);
}

/** The keys under which a model would be found if its revision did not matter: no other model may be found by these. */
export function rivalKeysOf(forms: readonly string[], provider: string): string[] {
  return keysWithout(ANY_REVISION, forms, provider);
}

function keysWithout(revision: RegExp, forms: readonly string[], provider: string): string[] {
  const keys = forms.flatMap((form) => {
    const [, idProvider, rest = form] = /^([a-z0-9]+)\.(?=[a-z])(.+)$/.exec(form) ?? [];
    const providers = [provider, ...(idProvider === undefined ? [] : [idProvider])];
    const spellings = [rest, withoutProvider(rest, providers)].flatMap((text) => {
      const withoutRevision = text.replace(revision, '');
      return [text, withoutRevision, withoutRevision.replace(RELEASE_DAY, '')];
    });
    return spellings.flatMap((text) => [text, ...providers.map((name) => `${name} ${text}`)].map(nameKey));
  });
  return [...new Set(keys)].filter((key) => ENOUGH_LETTERS.test(key));
}

function withoutProvider(text: string, providers: readonly string[]): string {
  const lower = text.toLowerCase();
  const found = providers.find((provider) => [' ', '-', '.'].some((end) => lower.startsWith(provider.toLowerCase() + end)));
  return found === undefined ? text : text.slice(found.length + 1);
}
