// `npm run mutation`: changes the code that money and alarms depend on, one place at a time, and expects a test to fail.
// FOLDER=engine/pricing narrows it. docs/testing.md has the score.
import jestConfig from './jest.config.js';

const folder = process.env.FOLDER;
const MUTATED = ['engine/pricing/**/*.ts', 'engine/records/**/*.ts', 'engine/rating/**/*.ts', 'local-cloudwatch/alarm-evaluator.ts'];

export default {
  mutate: folder === undefined ? MUTATED : [folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`],
  testRunner: 'jest',
  jest: {
    // They are found by no import, because one file requires them.
    enableFindRelatedTests: false,
    config: {
      ...jestConfig,
      // The nearest tests only, and none that needs a bundle: a mutant that only a far test notices counts as survived.
      globalSetup: undefined,
      globalTeardown: undefined,
      roots: ['<rootDir>/engine', '<rootDir>/local-cloudwatch', '<rootDir>/test/mutation'],
      testMatch: ['<rootDir>/test/mutation/nearest.ts'],
    },
  },
  // Beyond several times what the first run took: a busy machine kills no mutant, and a loop without end does not last two minutes.
  timeoutMS: 20_000,
  timeoutFactor: 4,
  // What runs when a module is loaded would be tested with all tests: tables and patterns have tests of their own.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  ignorePatterns: ['assets', 'dist', 'packages', 'cdk.out', '.cache', '.bench', '.demo', 'docs', 'API.md', '.jsii'],
  tempDirName: '.cache/stryker',
  incremental: true,
  incrementalFile: '.cache/stryker-incremental.json',
  reporters: ['clear-text', 'html', 'json'],
  htmlReporter: { fileName: '.cache/mutation.html' },
  jsonReporter: { fileName: '.cache/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 90, low: 85, break: 85 },
};
