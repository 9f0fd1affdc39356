/** The cases that a test runs: few while somebody waits for the result, all of them in continuous integration. */
export const cases = <T>(quick: T, all: T): T => (process.env.CI ? all : quick);
