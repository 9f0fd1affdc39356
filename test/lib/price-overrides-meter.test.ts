import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceOverrides as Engine } from '../../engine/pricing/price-overrides';
import { PriceDiscount, PriceOverride, PriceOverrides, PriceRouting, ServiceTier } from '../../lib';
import { cases } from '../cases';

const MODEL = 'anthropic.claude-sonnet-4-6';
let folder: string;

beforeAll(() => (folder = fs.mkdtempSync(join(tmpdir(), 'overrides-'))));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, 'prices.json');
  fs.writeFileSync(path, content);
  return path;
}

describe('synth accepts what the meter accepts, and nothing else', () => {
  const either = <T>(...values: T[]) => fc.constantFrom(...values);
  const day = either('2026-01-01', '2026-02-28', '2026-02-30', '2027-01-01', 'soon');
  const overrides = fc.array(
    fc.record<PriceOverride>(
      {
        model: either(MODEL, 'amazon.nova-lite-v1:0', `us.${MODEL}`, 'own-model', ''),
        rates: fc.dictionary(either('input', 'output', 'image', 'inptu'), either('3.30', '2', '0', '-1', '1e3', '0.0000001', '')),
        name: either('contract', ''),
        routing: either(...Object.values(PriceRouting), 'eu' as PriceRouting),
        regions: fc.array(either('us-east-1', 'eu-west-1', ''), { maxLength: 2 }),
        tier: either(ServiceTier.STANDARD, ServiceTier.BATCH, 'fast' as ServiceTier),
        context: either('0-200000', '200001-', '9-2', '0-0', '-5', 'long'),
        spec: fc.dictionary(either('quality', 'size', 'hue'), either('standard', '0-1024', '')),
        validFrom: day,
        validUntil: day,
        newModel: fc.boolean(),
      },
      { requiredKeys: ['model', 'rates'] },
    ),
    { maxLength: 3 },
  );
  const discounts = fc.array(
    fc.record<PriceDiscount>(
      {
        percent: either(0, 12.5, 100, 101, -1, 0.1234567, 1e-7, 1e21),
        model: either(MODEL, 'own-model'),
        provider: either('Anthropic', 'anthropic'),
        name: either('EDP'),
        validFrom: day,
        validUntil: day,
      },
      { requiredKeys: ['percent'] },
    ),
    { maxLength: 3 },
  );
  const fails = (act: () => unknown): boolean => {
    try {
      act();
      return false;
    } catch {
      return true;
    }
  };
  const meterRefuses = (json: string) => fails(() => Engine.fromJson(json, Catalogue.builtIn()));

  test('of props', () => {
    const entry = ({ validFrom: from, validUntil: until, ...rest }: PriceOverride | PriceDiscount) => ({ ...rest, from, until });
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(overrides, discounts, (someOverrides, someDiscounts) => {
        const refused = meterRefuses(JSON.stringify({ overrides: someOverrides.map(entry), discounts: someDiscounts.map(entry) }));
        seen.add(refused);
        expect(fails(() => PriceOverrides.of({ overrides: someOverrides, discounts: someDiscounts }))).toBe(refused);
      }),
      { numRuns: cases(500, 100_000) },
    );
    expect(seen.size).toBe(2);
  });

  test('of files', () => {
    const json = fc.oneof(
      fc.record({ overrides, discounts }, { requiredKeys: [] }).map((lists) => JSON.stringify(lists)),
      fc.json(),
      fc.string(),
    );
    fc.assert(fc.property(json, (text) => expect(fails(() => PriceOverrides.fromFile(file(text)))).toBe(meterRefuses(text))));
  });
});
