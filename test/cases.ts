const runsAll = process.env.CASES === 'all';

/**
 * The cases that a test runs: few while somebody waits for the result, all of them with CASES=all, which the gate sets in continuous
 * integration.
 */
export const cases = <T>(quick: T, all: T): T => (runsAll ? all : quick);
