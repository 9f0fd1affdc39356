/** Logs can name any number of callers. Beyond this many groups, everything with a new name is counted as OTHER. */
export const MAX_GROUPS = 10_000;
export const OTHER = '(other)';

/** One value for each name, or for each combination of several names, in bounded memory. */
export class BoundedGroups<T> {
  private readonly groups = new Map<string, { readonly names: readonly string[]; readonly value: T }>();

  constructor(private readonly create: () => T) {}

  /** The value of a group, created when it is asked for the first time. */
  public at(...names: readonly string[]): T {
    const known = this.groups.get(keyOf(names));
    if (known) return known.value;
    const counted = this.groups.size < MAX_GROUPS ? names : names.map(() => OTHER);
    const group = this.groups.get(keyOf(counted)) ?? { names: counted, value: this.create() };
    this.groups.set(keyOf(counted), group);
    return group.value;
  }

  public get size(): number {
    return this.groups.size;
  }

  /** Each group with its value. */
  public get entries(): Array<readonly [readonly string[], T]> {
    return [...this.groups.values()].map(({ names, value }) => [names, value]);
  }
}

/** JSON, where there are several names: whatever character would separate them, a record could have it in a name. */
const keyOf = (names: readonly string[]): string => (names.length === 1 ? names[0]! : JSON.stringify(names));
