// Asset hashes change with every handler edit: snapshots show where an asset is used, not which one.
const hash = /\b[0-9a-f]{64}\b/g;

expect.addSnapshotSerializer({
  test: (value) => typeof value === 'string' && hash.test(value),
  serialize: (value: string) => JSON.stringify(value.replace(hash, '<asset-hash>')),
});
