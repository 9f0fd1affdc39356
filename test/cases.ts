/** The same tests run on two versions of aws-cdk-lib, of which one is enough for what many cases find. */
const runsAll = process.env.CI !== undefined && process.env.CDK !== 'newest';

/** The cases that a test runs: few while somebody waits for the result, all of them in continuous integration. */
export const cases = <T>(quick: T, all: T): T => (runsAll ? all : quick);
