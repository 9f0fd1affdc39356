// `CDK=newest jest` runs the same tests on the newest aws-cdk-lib; the default is the floor of peerDependencies.
const newest = process.env.CDK === 'newest';

/** Packages that are ES modules only, which Jest has to turn into CommonJS. */
const ES_MODULES = '(echarts|hyparquet|zrender|stream-json|stream-chain)';

module.exports = {
  // All rooms, so that `--findRelatedTests` finds the tests of a source.
  roots: ['engine', 'lib', 'lambda', 'trace', 'local-cloudwatch', 'cli', 'bin', 'demo', 'scripts', 'examples', 'test'].map(
    (room) => `<rootDir>/${room}`,
  ),
  testMatch: ['**/*.test.ts'],
  // A busy machine ends no test: it takes many times the five seconds that are Jest's own limit for what hangs.
  testTimeout: 120_000,
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: {
    // Dynamic imports name the file that the bundle will hold.
    '^(\\./.*\\.lazy)\\.js$': '$1',
    '^cdk-bedrock-observability$': '<rootDir>/lib',
    ...(newest ? { '^aws-cdk-lib$': 'aws-cdk-lib-newest', '^aws-cdk-lib/(.*)$': 'aws-cdk-lib-newest/$1' } : {}),
  },
  transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES}/)`],
  transform: {
    [`^.+\\.ts$|/${ES_MODULES}/.+\\.js$`]: [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  globalSetup: '<rootDir>/scripts/before-tests.mjs',
  globalTeardown: '<rootDir>/scripts/after-tests.mjs',
  // Measured by `--coverage`, as the gate does. The default provider takes half the time of v8 and counts no lines of types.
  // What is left out runs in tests too, but as a bundle in another thread, where coverage does not see it.
  collectCoverageFrom: [
    '{engine,lambda}/**/*.ts',
    '!lambda/configure-logging/{index,account-setting,ownership}.ts',
    '!lambda/shared/{custom-resource,ownership-record,respond,retry}.ts',
    '!lambda/{refresh-prices,enable-transaction-search}/*.ts',
  ],
  coverageThreshold: { './engine/': { lines: 95 }, './lambda/': { lines: 95 } },
  coverageDirectory: '.cache/coverage',
  coverageReporters: ['text-summary', 'html'],
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
};
