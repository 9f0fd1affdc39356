// Output is compared as text: no colours, whatever terminal or CI the tests run in.
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = '1';

// Asset hashes change with every handler edit: snapshots show where an asset is used, not which one.
const hash = /\b[0-9a-f]{64}\b/g;

expect.addSnapshotSerializer({
  test: (value) => typeof value === 'string' && hash.test(value),
  serialize: (value: string) => JSON.stringify(value.replace(hash, '<asset-hash>')),
});
