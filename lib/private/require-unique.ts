/** Throws when two items of a list have the same name. The prop is the plural of what the list holds. */
export function requireUnique(prop: string, names: readonly string[]): void {
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw new Error(`'${prop}' must not hold two ${prop} with one name, got '${duplicate}' twice`);
  }
}
