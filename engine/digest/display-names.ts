import type { Catalogue } from '../pricing/catalogue';

/** Forms of a name, the shortest first. The last one is the name itself. */
type Forms = (name: string) => readonly string[];

const ARN = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):([^]+)$/;

/** `role/session` of an assumed role, and what is behind the type of any other resource: the account where that is not enough. */
function formsOfArn(arn: string): readonly string[] {
  const [, , region = '', account = '', resource = ''] = ARN.exec(arn) ?? [];
  if (resource === '') return [arn];
  const short = resource.replace(/^(?:assumed-role|application-inference-profile|inference-profile|foundation-model)\//, '');
  return [short, `${account}:${short}`, `${account}:${region}:${short}`, arn];
}

const formsOfModels =
  (catalogue: Catalogue): Forms =>
  (id) => {
    const title = catalogue.title(id);
    return title === undefined ? formsOfArn(id) : [title, id];
  };

const FORMS: Readonly<Record<string, (catalogue: Catalogue) => Forms>> = {
  model: formsOfModels,
  caller: () => formsOfArn,
  role: () => formsOfArn,
  profile: () => formsOfArn,
};

/**
 * The names of an axis as tables show them: models by the name that boards have for them, callers without what all of them have. Each
 * has the shortest form that no other name of the table has.
 */
export function displayNames(axis: string, names: readonly string[], catalogue: Catalogue): ReadonlyMap<string, string> {
  const all = [...new Set(names)];
  const formsOf = FORMS[axis]?.(catalogue) ?? ((name: string) => [name]);
  const used = new Map<string, number>();
  const forms = all.map((name) => [name, formsOf(name)] as const);
  for (const form of forms.flatMap(([, each]) => [...new Set(each)])) used.set(form, (used.get(form) ?? 0) + 1);
  return new Map(forms.map(([name, each]) => [name, each.find((form) => used.get(form) === 1) ?? name]));
}
