import * as fc from 'fast-check';

// The same cases in each run, so that a change fails only for what it changed. .github/workflows/properties.yml draws new ones
// each week; PROPERTY_SEED repeats a run of those.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });

// Output is compared as text: no colours, whatever terminal or CI the tests run in.
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = '1';

// Asset hashes change with every handler edit: snapshots show where an asset is used, not which one.
const hash = /\b[0-9a-f]{64}\b/g;

expect.addSnapshotSerializer({
  test: (value) => typeof value === 'string' && hash.test(value),
  serialize: (value: string) => JSON.stringify(value.replace(hash, '<asset-hash>')),
});
