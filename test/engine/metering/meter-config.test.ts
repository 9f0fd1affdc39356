import { readMeterConfig } from '../../../engine/metering/meter-config';

test('has defaults', () => {
  expect(readMeterConfig({})).toEqual({
    namespace: 'BedrockObservability',
    ledger: false,
    ledgerLogged: false,
    emf: true,
    tokenTypes: true,
    metadataKeys: [],
    dimensions: [],
    dimensionCap: 50,
    promptHashSecretArn: undefined,
    lookUpMs: { each: 4000, batch: 12_000 },
  });
});

test('reads lists, each dimension once', () => {
  const config = readMeterConfig({ METADATA_KEYS: ' team , app ', DIMENSIONS: 'caller,meta:team,caller' });
  expect(config.metadataKeys).toEqual(['team', 'app']);
  expect(config.dimensions).toEqual([{ kind: 'caller' }, { kind: 'metadata', key: 'team' }]);
});

test('cuts a cap to what a minute can hold', () => {
  const cap = (env: Record<string, string>) => readMeterConfig(env).dimensionCap;
  expect(cap({ DIMENSION_CAP: '501' })).toBe(500);
  expect(cap({ DIMENSIONS: 'caller,meta:a,meta:b', DIMENSION_CAP: '500' })).toBe(496);
});

test.each([
  [{ LEDGER: 'all' }, "'LEDGER' must be none, perCall or table, got 'all'"],
  [{ DIMENSION_CAP: '0' }, "'DIMENSION_CAP' must be a whole number from 1 to 500, got '0'"],
  [{ DIMENSION_CAP: 'many' }, "'DIMENSION_CAP' must be a whole number from 1 to 500, got 'many'"],
  [{ DIMENSIONS: 'team' }, "'DIMENSIONS' must hold caller, role, profile, account, region or meta:KEY, got 'team'"],
  [{ LOOK_UP_MS: '0' }, "'LOOK_UP_MS' must be a number above 0, got '0'"],
])('fails on %j', (env, message) => {
  expect(() => readMeterConfig(env)).toThrow(message);
});
