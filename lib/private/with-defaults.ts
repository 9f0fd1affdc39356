/** Defaults, and what is given instead of them. A value that is given as `undefined` was computed, and stands for the default. */
export function withDefaults<D extends object, G extends object>(defaults: D, given: G): D & G {
  return { ...defaults, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) } as D & G;
}
