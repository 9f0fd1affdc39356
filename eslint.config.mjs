import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { ANY_PARTITION, boundaries } from './eslint.boundaries.mjs';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'assets/',
      'packages/',
      'cdk.out/',
      '.bench/',
      '.demo/',
      '.cache/',
      '.stryker/',
      'examples/{python,java,go}/',
      'test/languages/',
      '**/*.js',
      '**/*.d.ts',
    ],
  },
  js.configs.recommended,
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      complexity: ['error', 15],
      'max-lines': ['error', { max: 250 }],
      'no-restricted-syntax': ['error', ANY_PARTITION],
    },
  },
  {
    files: ['test/**/*.ts', 'demo/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  ...boundaries,
);
