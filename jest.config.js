// `CDK=newest jest` runs the same tests on the newest aws-cdk-lib; the default is the floor of peerDependencies.
const newest = process.env.CDK === 'newest';

module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: {
    // Dynamic imports name the file that the bundle will hold.
    '^(\\./.*\\.lazy)\\.js$': '$1',
    '^cdk-bedrock-observability$': '<rootDir>/lib',
    ...(newest ? { '^aws-cdk-lib$': 'aws-cdk-lib-newest', '^aws-cdk-lib/(.*)$': 'aws-cdk-lib-newest/$1' } : {}),
  },
  // The parts of echarts are ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(echarts|zrender)/)'],
  transform: {
    '^.+\\.ts$|/(echarts|zrender)/.+\\.js$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  globalSetup: '<rootDir>/scripts/bundle.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
};
