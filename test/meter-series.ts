/** The metrics of a meter, from which docs/cost.md is computed. test/engine/metering/series.test.ts counts them. */
export const METER_SERIES = { always: 8, withBodies: 3, tokenTypes: 4, perTokenType: 2, perModel: 1 } as const;
