/**
 * The routing of a call, as far as it has prices of its own.
 */
export enum PriceRouting {
  /**
   * Through a `global.` inference profile.
   */
  GLOBAL = 'global',

  /**
   * Any other way: a model by its own id, or a profile of some Regions.
   */
  REGIONAL = 'regional',
}
