import { readFileSync } from 'node:fs';
import { ENTRY } from './command-line';

test('what is loaded later is required: Node.js searches a CommonJS module for its exports before it imports it', () => {
  const bundle = readFileSync(ENTRY, 'utf8');
  expect(bundle).toContain('require("./preview.lazy.js")');
  expect(bundle).not.toMatch(/\bimport\("/);
});
